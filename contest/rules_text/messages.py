"""The Vietnamese sentences of the published rules, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "title": "Thể lệ",
    "article": "Điều {n}. {ten}",
    "then": "; nếu bằng nhau thì xét ",
    "and": ", ",
    "or": " hoặc ",
    # Điều: tên gọi
    "name": "Tên gọi, ban tổ chức",
    "name.what": "Cuộc thi: {ten}.",
    "name.sample": "Đây là cuộc thi mẫu, kết quả không có giá trị.",
    "name.who": "Đơn vị tổ chức: {ai}. Liên hệ: {lien_he}.",
    "name.issued": "Thể lệ ban hành theo văn bản số {so}, ngày {ngay}.",
    "name.issued.number": "Thể lệ ban hành theo văn bản số {so}.",
    "name.issued.on": "Thể lệ ban hành ngày {ngay}.",
    # Điều: đối tượng
    "who": "Đối tượng dự thi",
    "who.groups": "Thí sinh dự thi theo nhóm, mỗi nhóm xếp hạng riêng: {nhom}.",
    "who.group": "Đối tượng: {nhom}.",
    "who.age.at_least": "từ đủ {n} tuổi",
    "who.age.at_most": "không quá {n} tuổi",
    "who.age": "Người dự thi phải {tuoi}, tính tròn năm đến ngày {ngay}.",
    "who.age.year": (
        "Khi đăng ký chỉ hỏi năm sinh: ai có thể đủ điều kiện về tuổi thì được nhận, Ban Tổ chức "
        "xác minh ngày sinh trước khi trao giải."
    ),
    "who.excluded": "Không được dự thi: {ai}. Người dự thi tự cam đoan mình không thuộc diện này.",
    "who.listed": "{ky}: chỉ những người được Ban Tổ chức gọi vào mới được dự.",
    # Điều: đăng ký
    "registration": "Đăng ký dự thi",
    "registration.fields": "Người dự thi khai: {truong}; và chọn đơn vị trong danh sách có sẵn.",
    "registration.optional": "{ten} (không bắt buộc)",
    "registration.key": "Mỗi {ten} là một người dự thi, chỉ đăng ký được một lần.",
    "registration.key.none": "Máy không kiểm tra người đăng ký trùng.",
    "registration.code": "Khi đăng ký phải nhập mã tham gia do Ban Tổ chức cung cấp.",
    "field.name": "họ và tên (nhiều nhất {n} chữ)",
    "field.phone": "số điện thoại (dạng {mau})",
    "field.birth.day": "ngày sinh",
    "field.birth.year": "năm sinh",
    "field.id_number": "số căn cước",
    "field.email": "thư điện tử",
    "field.address": "địa chỉ",
    "field.gender": "giới tính",
    "field.candidate_code": "mã dự thi",
    "field.choice": "{ten} (chọn: {chon})",
    "field.text": "{ten} (nhiều nhất {n} chữ)",
    "key.phone": "số điện thoại",
    "key.id_number": "số căn cước",
    "key.email": "thư điện tử",
    "key.candidate_code": "mã dự thi",
    # Điều: thời gian
    "time": "Thời gian",
    "time.round": "{ky}: từ {mo} đến {dong}",
    "time.stage": "{ky} ({vong}): từ {mo} đến {dong}",
    "time.hours": ", chỉ mở từ {tu} đến {den}",
    "time.days": ", các ngày {ngay}",
    "time.results": "; dự kiến công bố kết quả trước ngày {ngay}",
    "time.zone": "Mọi giờ là giờ Việt Nam, theo đồng hồ của máy chủ. Đúng giờ đóng là đã đóng.",
    "time.moment": "{gio} ngày {ngay}",
    "day.mon": "thứ Hai",
    "day.tue": "thứ Ba",
    "day.wed": "thứ Tư",
    "day.thu": "thứ Năm",
    "day.fri": "thứ Sáu",
    "day.sat": "thứ Bảy",
    "day.sun": "Chủ nhật",
    # Điều: đề thi
    "paper": "Đề thi",
    "paper.for": "Đề của {cho}",
    "paper.for.rounds": "kỳ {ky}",
    "paper.for.groups": "nhóm {nhom}",
    "paper.others": "Đề của các trường hợp còn lại",
    "paper.count": "{n} câu, mỗi câu trả lời đúng được {diem} điểm (trừ câu ghi điểm riêng).",
    "paper.minutes": "Thời gian làm bài: {n} phút.",
    "paper.seconds": "Thời gian làm bài: {n} giây cho mỗi câu, cộng cho cả bài là {tong} giây.",
    "paper.draw.each": "Mỗi lượt thi có một đề, câu hỏi được rút ngẫu nhiên theo cơ cấu dưới đây.",
    "paper.draw.same": (
        "Mọi đề của cùng nhóm trong một kỳ có cùng câu hỏi, được rút ngẫu nhiên theo cơ cấu dưới "
        "đây."
    ),
    "paper.order.shuffled": "Thứ tự câu hỏi và phương án được trộn.",
    "paper.order.blueprint": "Câu hỏi theo thứ tự của cơ cấu, phương án được trộn.",
    "paper.order.easy_to_hard": "Câu hỏi từ dễ đến khó, phương án được trộn.",
    "paper.grace": "Bài gửi tới máy chủ chậm không quá {n} giây sau khi hết giờ vẫn được nhận.",
    "paper.types": "Loại câu hỏi: {loai}.",
    "paper.options": "Câu hỏi có từ {tu} đến {den} phương án.",
    "paper.right": "Câu hỏi có từ {tu} đến {den} phương án đúng.",
    "paper.caption": "Cơ cấu đề",
    "paper.topic": "Chủ đề",
    "paper.level": "Mức độ",
    "paper.tag": "Nhãn",
    "paper.questions": "Số câu",
    "paper.sum": "Cộng",
    "type.single": "chọn một phương án",
    "type.multiple": "chọn nhiều phương án",
    "type.true_false": "đúng hay sai",
    "type.true_false_group": "nhóm phát biểu đúng sai",
    "type.matching": "ghép đôi",
    "type.ordering": "sắp thứ tự",
    "type.numeric": "điền số",
    "type.short_text": "trả lời ngắn",
    "type.cloze": "điền chỗ trống",
    "type.essay": "tự luận",
    "level.recall": "nhận biết",
    "level.understand": "thông hiểu",
    "level.apply": "vận dụng",
    # Điều: lượt thi
    "attempts": "Lượt thi",
    "attempts.limit.round": "Mỗi người được thi {n} lượt trong mỗi kỳ.",
    "attempts.limit.window": "Mỗi người được thi {n} lượt trong mỗi khoảng mở của kỳ.",
    "attempts.limit.day": "Mỗi người được thi {n} lượt mỗi ngày.",
    "attempts.limit.week": "Mỗi người được thi {n} lượt mỗi tuần (từ thứ Hai đến Chủ nhật).",
    "attempts.limit.contest": "Mỗi người được thi {n} lượt trong cả cuộc thi.",
    "attempts.limit.none": "Số lượt thi không hạn chế.",
    "attempts.counted": "Lượt được tính để xếp hạng: {khoa}; vẫn bằng nhau thì lượt thi trước.",
    "attempts.expire": (
        "Hết giờ, bài tự nộp với những câu máy chủ đã nhận; thời điểm nộp là lúc hết giờ."
    ),
    "attempts.valid.all_answered": "Bài chỉ được xếp hạng khi đã trả lời đủ mọi câu.",
    "attempts.valid.prediction": "Bài chỉ được xếp hạng khi có trả lời câu dự đoán.",
    # Điều: chấm điểm
    "scoring": "Chấm điểm",
    "scoring.right": "Câu trả lời đúng hoàn toàn được đủ điểm của câu; câu bỏ trống được 0 điểm.",
    "scoring.wrong": "Trả lời sai câu có một đáp án bị trừ {phan} điểm của câu.",
    "scoring.multiple": "Câu chọn nhiều phương án: {cach}.",
    "scoring.multiple.own": "câu có phần đúng được chấm theo quy định ghi ở từng câu",
    "scoring.multiple.all_or_nothing": "chỉ được điểm khi chọn đúng và đủ",
    "scoring.multiple.false": (
        "mỗi phương án đúng được phần đều của điểm câu, mỗi phương án sai bị trừ 1 chia cho số "
        "phương án sai"
    ),
    "scoring.multiple.false2": (
        "mỗi phương án đúng được phần đều của điểm câu, mỗi phương án sai bị trừ 1 chia cho số "
        "phương án sai (ít nhất là 2)"
    ),
    "scoring.multiple.true": (
        "mỗi phương án đúng được phần đều của điểm câu, mỗi phương án sai bị trừ bằng một phương "
        "án đúng"
    ),
    "scoring.multiple.all": "chọn bất kỳ phương án sai nào thì mất cả điểm của câu",
    "scoring.multiple.none": "mỗi phương án đúng được phần đều của điểm câu, chọn sai không bị trừ",
    "scoring.multiple.moodle": "cộng trọng số của các phương án đã chọn",
    "scoring.floor.question": "Điểm của một câu không dưới 0.",
    "scoring.floor.question.not": "Điểm của một câu có thể dưới 0.",
    "scoring.floor.paper": "Điểm của cả bài không dưới 0.",
    "scoring.floor.paper.not": "Điểm của cả bài có thể dưới 0.",
    "scoring.rounding": "Điểm mỗi câu được làm tròn đến phần triệu, {cach}; hiện {n} chữ số lẻ.",
    "scoring.rounding.half_up": "nửa đơn vị làm tròn lên",
    "scoring.rounding.half_even": "nửa đơn vị làm tròn về số chẵn",
    "scoring.rounding.down": "bỏ phần thừa",
    "scoring.rounding.up": "làm tròn lên",
    "scoring.time.kahoot": (
        "Điểm câu đúng giảm theo thời gian trả lời: điểm câu × (1 − t / {n} giây / 2), dưới nửa "
        "giây được đủ điểm."
    ),
    "scoring.time.classquiz": (
        "Điểm câu đúng giảm theo thời gian trả lời: điểm câu × ({n} giây − t) / {n} giây."
    ),
    "marking.two": (
        "Bài tự luận (nếu đề có) do hai giám khảo chấm độc lập theo từng tiêu chí, không biết tên "
        "người làm; điểm mỗi tiêu chí cho theo nấc {nac}."
    ),
    "marking.differ": (
        "Hai giám khảo chênh nhau không quá {muc} thì điểm của bài là trung bình cộng; quá mức đó "
        "thì giám khảo thứ ba chấm, và {cach}."
    ),
    "marking.percent": "{n} % số điểm của câu",
    "marking.points": "{n} điểm",
    "marking.third.closest": (
        "điểm của bài là trung bình cộng của hai người gần nhau nhất (cách đều thì lấy điểm ở giữa)"
    ),
    "marking.third.third": "điểm của bài là điểm người thứ ba cho",
    "marking.third.mean": "điểm của bài là trung bình cộng của cả ba",
    "scoring.person": "Câu mà máy không tự chấm được thì do người chấm; máy không đoán.",
    # Điều: dự đoán
    "prediction": "Câu dự đoán",
    "prediction.text": "Câu hỏi: {cau} {goi_y}",
    "prediction.round": "kỳ đang thi",
    "prediction.quantity": "Giá trị đúng là {gi}, tính {pham_vi}.",
    "quantity.people": "số người có ít nhất một lượt thi đã kết thúc",
    "quantity.entries": "số lượt thi đã kết thúc",
    "quantity.perfect_people": "số người mà lượt được tính trả lời đúng mọi câu",
    "quantity.percent_right": "tỷ lệ phần trăm câu trả lời đúng trên mọi câu của các lượt thi",
    "scope.round": "trong từng kỳ",
    "scope.contest": "trong cả cuộc thi",
    "prediction.excluded.true": "Lượt thi bị loại vẫn được tính vào giá trị đó.",
    "prediction.excluded.false": "Lượt thi bị loại không được tính vào giá trị đó.",
    "prediction.value.computed": "Giá trị do máy tính từ các lượt thi khi kỳ đã đóng.",
    "prediction.value.outside": "Giá trị do Ban Tổ chức nhập theo số liệu được công bố.",
    "prediction.equal.same": "Hai người lệch bằng nhau, một trên một dưới, được coi như nhau.",
    "prediction.equal.above_first": "Hai người lệch bằng nhau thì người đoán cao hơn xếp trước.",
    "prediction.equal.below_first": "Hai người lệch bằng nhau thì người đoán thấp hơn xếp trước.",
    "prediction.none": "Người không trả lời câu dự đoán xếp sau mọi người có trả lời.",
    # Điều: xếp hạng
    "people": "Xếp hạng cá nhân",
    "people.keys": "Thứ tự xét trong mỗi kỳ và mỗi nhóm: {khoa}.",
    "people.ties.shared": "Bằng nhau ở mọi điều trên thì cùng hạng, bỏ hạng kế tiếp (1, 2, 2, 4).",
    "people.ties.dense": "Bằng nhau ở mọi điều trên thì cùng hạng, không bỏ hạng (1, 2, 2, 3).",
    "people.ties.lot": (
        "Bằng nhau ở mọi điều trên thì bốc thăm bằng máy: xếp theo SHA-256 của “{tham}/mã thí "
        "sinh”, ai cũng tính lại được."
    ),
    "people.time": "Thời gian làm bài so đến {lam}, thời điểm so đến {nop}.",
    "unit.ms": "phần nghìn giây",
    "unit.s": "giây",
    "people.granted.raw": "Người được cho thêm giờ: thời gian làm bài tính như thực tế.",
    "people.granted.scaled": "Người được cho thêm giờ: thời gian làm bài được quy theo tỷ lệ.",
    "board": "Bảng “{ten}” cộng kết quả các kỳ {ky}; {nhom}{du}. Thứ tự xét: {khoa}.",
    "board.apart": "mỗi nhóm xếp riêng",
    "board.together": "mọi nhóm xếp chung",
    "board.complete": "; chỉ xếp người có bài được tính ở đủ các kỳ",
    "key.score.high": "tổng điểm cao hơn",
    "key.score.low": "tổng điểm thấp hơn",
    "key.correct.high": "nhiều câu đúng hơn",
    "key.correct.low": "ít câu đúng hơn",
    "key.all_right.high": "đúng tất cả các câu trước",
    "key.all_right.low": "chưa đúng tất cả các câu trước",
    "key.prediction_error.low": "dự đoán gần giá trị đúng hơn",
    "key.prediction_error.high": "dự đoán xa giá trị đúng hơn",
    "key.duration.low": "thời gian làm bài ngắn hơn",
    "key.duration.high": "thời gian làm bài dài hơn",
    "key.submitted_at.low": "nộp bài sớm hơn",
    "key.submitted_at.high": "nộp bài muộn hơn",
    "key.started_at.low": "bắt đầu làm bài sớm hơn",
    "key.started_at.high": "bắt đầu làm bài muộn hơn",
    "key.registered_at.low": "đăng ký sớm hơn",
    "key.registered_at.high": "đăng ký muộn hơn",
    "key.attempts.low": "ít lượt thi hơn",
    "key.attempts.high": "nhiều lượt thi hơn",
    "key.maximum_papers.high": "nhiều bài đạt điểm tối đa hơn",
    "key.maximum_papers.low": "ít bài đạt điểm tối đa hơn",
    "key.number.low": "lượt thi trước",
    "key.number.high": "lượt thi sau",
    "units": "Xếp hạng tập thể",
    "units.one": "Đơn vị xếp theo {gi}, cao hơn đứng trước.",
    "units.sum": "Đơn vị xếp theo tổng: {gi}; cao hơn đứng trước.",
    "units.term": "{so} × {gi}",
    "units.rank_points": (
        "Đơn vị xếp theo tổng điểm thứ hạng ở các danh sách: {gi}. Ở mỗi danh sách, hạng 1 được "
        "{dau} điểm, mỗi hạng sau kém 1 điểm, sau hạng {top} không có điểm; đơn vị không có "
        "người dự thi không có điểm."
    ),
    "units.interleaved": (
        "Đơn vị xếp xen kẽ từ hai danh sách: {gi}. Hạng 1 là đơn vị đứng đầu danh sách thứ nhất; "
        "từ hạng 2, hai danh sách lần lượt góp đơn vị tốt nhất chưa có hạng."
    ),
    "units.then": "Bằng nhau thì xét: {gi}.",
    "units.min_people": "Đơn vị có dưới {n} người dự thi không xếp hạng.",
    "units.min_headcount": "Đơn vị có sĩ số dưới {n}, hoặc chưa có sĩ số, không xếp hạng.",
    "units.blocks.apart": "Xếp hạng trong từng khối và từng cấp.",
    "units.blocks.together": "Xếp hạng chung các khối, trong từng cấp.",
    "units.ties.shared": "Đơn vị bằng nhau cùng hạng, bỏ hạng kế tiếp.",
    "units.ties.dense": "Đơn vị bằng nhau cùng hạng, không bỏ hạng.",
    "units.parent": "Số liệu của đơn vị cấp trên gồm cả các đơn vị trực thuộc.",
    "measure.people": "số người dự thi",
    "measure.attempts": "số lượt thi",
    "measure.share": "tỷ lệ người dự thi trên sĩ số",
    "measure.mean_score": "điểm trung bình của các bài được tính",
    "measure.total_score": "tổng điểm của các bài được tính",
    "measure.best_mean": "điểm trung bình của {n} bài cao nhất",
    "measure.winners": "số người đạt giải",
    "measure.prize_points": "tổng điểm giải của người đạt giải",
    "measure.first_prizes": "số người đạt giải cao nhất",
    # Điều: giải thưởng
    "prizes": "Giải thưởng",
    "prizes.people": "Giải cá nhân, xét theo {theo}",
    "prizes.units": "Giải tập thể cấp {cap}, xét theo {theo}",
    "prizes.of.round": "xếp hạng của từng kỳ",
    "prizes.of.one": "xếp hạng của {ten}",
    "prizes.of.board": "bảng “{ten}”",
    "prizes.prize": "Giải",
    "prizes.count": "Số lượng",
    "prizes.value": "Mức thưởng (đồng)",
    "prizes.points": "Điểm cho đơn vị",
    "prizes.per.group": "Mỗi nhóm có đủ các giải trên.",
    "prizes.per.all": "Các giải trên xét chung cho mọi nhóm.",
    "prizes.per.quota": "Giải chia theo nhóm: {chia}.",
    "prizes.quota": "{nhom}: {giai}",
    "prizes.quota.count": "{n} {giai}",
    "prizes.once.ranking": "Một người có thể đạt giải ở nhiều kỳ.",
    "prizes.once.higher": "Mỗi người chỉ nhận một giải trong cả cuộc thi, là giải cao hơn.",
    "prizes.once.first": "Mỗi người chỉ nhận một giải trong cả cuộc thi, là giải được trước.",
    "prizes.requires": "Người đạt giải phải {gi}.",
    "requires.all_right": "trả lời đúng mọi câu",
    "requires.prediction": "có trả lời câu dự đoán",
    "requires.prediction_exact": "dự đoán đúng hoàn toàn",
    "prizes.min_score": "Người đạt giải phải có ít nhất {n} điểm.",
    "prizes.max_share": "Tổng số giải không quá {n} % số người được xếp hạng.",
    "prizes.edge.all": "Người cùng hạng mà giải không đủ: đều nhận giải của vị trí cao nhất.",
    "prizes.edge.none": (
        "Người cùng hạng mà giải không đủ: tất cả nhận giải của vị trí thấp nhất họ giữ; hết giải "
        "thì không ai được."
    ),
    "prizes.edge.lot": (
        "Những người cùng hạng ở chỗ hết giải thì bốc thăm bằng máy theo SHA-256 của “{tham}/mã "
        "thí sinh”."
    ),
    "prizes.units.nobody": "Đơn vị không có người dự thi không được giải.",
    "prizes.edge.units.all": (
        "Đơn vị cùng hạng mà giải không đủ: tất cả nhận giải của vị trí cao nhất cùng giữ."
    ),
    "prizes.edge.units.none": (
        "Đơn vị cùng hạng mà giải không đủ: tất cả nhận giải của vị trí thấp nhất cùng giữ; hết "
        "giải thì không đơn vị nào được."
    ),
    # Điều: công bố
    "reveal": "Công bố, khiếu nại",
    "reveal.score": "Điểm của mình: {khi}.",
    "reveal.right_answers": "Đáp án: {khi}.",
    "reveal.explanations": "Lời giải thích: {khi}.",
    "when.never": "không công bố",
    "when.at_once": "ngay sau khi nộp bài",
    "when.after_round": "sau khi kỳ thi đóng",
    "reveal.open_book.true": "Khi làm bài được xem tài liệu.",
    "reveal.open_book.false": "Khi làm bài không được xem tài liệu.",
    "publish.full": "Danh sách công bố ghi đầy đủ họ và tên.",
    "publish.masked": "Danh sách công bố ghi họ và tên đã che bớt chữ.",
    "publish.initials": "Danh sách công bố chỉ ghi chữ cái đầu của họ và tên.",
    "publish.top": "Danh sách công bố có {n} hạng đầu của mỗi bảng, và mọi người đạt giải.",
    "complaints": "Khiếu nại trong {n} ngày từ khi công bố kết quả, gửi {dau}.",
    "complaints.none": "Thể lệ không quy định thời hạn khiếu nại; mọi ý kiến gửi Ban Tổ chức.",
    # Điều: dữ liệu, cam kết
    "data": "Thông tin cá nhân",
    "proof": "Cam kết về đề thi",
    "proof.why": (
        "Đề của mỗi lượt được rút bằng một khóa bí mật của kỳ. Mã băm của khóa được công bố trước "
        "khi thi; khóa được công bố cùng kết quả, để ai cũng kiểm tra lại được."
    ),
    "proof.hash": "Mã băm (SHA-256) của khóa {ky}: {ma}",
}


def text(key: str, /, **values: object) -> str:
    """Return a text with its gaps filled."""
    return TEXTS[key].format(**values)
