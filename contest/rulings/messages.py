"""The Vietnamese texts of rulings, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # what was ruled, in a line
    "kind.extra_time": "cho thêm giờ một lượt thi",
    "kind.extend": "bù giờ cả kỳ",
    "kind.undo_time": "rút lại giờ đã cho",
    "kind.rules": "đổi thể lệ",
    "kind.admit": "danh sách được dự kỳ",
    "kind.undo_live": "rút lại quyết định",
    "kind.void": "hủy câu hỏi",
    "kind.accept": "nhận thêm đáp án",
    "kind.exclude": "không công nhận",
    "kind.restore": "công nhận lại",
    "kind.unit": "sửa đơn vị",
    "kind.true_value": "kết quả thực tế của câu dự đoán",
    "kind.mark": "điểm do người chấm",
    "kind.undo": "rút lại quyết định",
    "list.none": "Chưa có quyết định xử lý nào.",
    "list.row": "{n}. {when} · {kind} · {what}{state}",
    "list.why": "   Lý do: {reason}{document} · {by}",
    "list.document": " (văn bản {document})",
    "list.undone": " · ĐÃ RÚT LẠI bởi số {by}",
    "list.everywhere": "cả cuộc thi",
    # refusals: what is wrong, and the way out
    "near": " Gần giống: {near}.",
    "no.kind": "Không có loại quyết định {kind}. Các loại: {kinds}.",
    "no.needs": "Quyết định {kind} cần {option}.",
    "no.takes": "Quyết định {kind} không dùng {option}: hãy bỏ đi.",
    "no.value": "Giá trị {value} không dùng được cho {option}: {why}.",
    "no.text": "{option} không được để trống, không được có ký tự điều khiển.",
    "no.leak": (
        "Lý do, số văn bản không được ghi thông tin cá nhân của thí sinh ({id}), vì nhật ký không "
        "xóa được. Hãy viết lại bằng mã thí sinh."
    ),
    "no.round": "Không có kỳ {id} đã mở.{near} Các kỳ đã mở: {rounds}.",
    "no.rounds": "Chưa kỳ nào mở nên chưa có gì để xử lý.",
    "no.which_round": "Có nhiều kỳ đã mở ({rounds}): hãy ghi --round.",
    "no.question": "Ngân hàng của kỳ {round} không có câu hỏi {id}.{near}",
    "no.attempt": "Không có lượt thi {id}.{near} Ghi mã lượt (lt-…) hoặc mã biên nhận.",
    "no.person": "Không có thí sinh {id}.{near} Ghi mã thí sinh (ts-…).",
    "no.unit": "Danh sách đơn vị của kỳ {round} không có đơn vị {id}.{near}",
    "no.one_subject": "Hãy ghi một trong hai: --attempt hoặc --contestant.",
    "no.attempt_round": "Lượt thi {id} thuộc kỳ {round}, không phải kỳ {other}: hãy bỏ --round.",
    "no.void_again": "Câu {id} của kỳ {round} đã bị hủy như vậy, theo quyết định số {n}.",
    "no.void_first": (
        "Câu {id} của kỳ {round} đã bị hủy theo quyết định số {n}. Muốn dùng lại câu này, hãy rút "
        "quyết định đó trước: undo {n}."
    ),
    "no.accept_right": "Câu trả lời {value} của câu {id} vốn đã đúng.",
    "no.accept_again": "Câu trả lời {value} của câu {id} đã được nhận, theo quyết định số {n}.",
    "no.accept_cannot": ("Câu {id} (loại {type}) không thể có câu trả lời {value}. Ghi: {how}."),
    "no.accept_essay": "Câu {id} là câu tự luận, không có đáp án để nhận thêm. Dùng mark.",
    "how.options": "mã phương án ({options}); nhiều phương án đúng cùng lúc thì nối bằng dấu chấm phẩy",
    "how.numeric": "một số, như 29 hoặc 7,5",
    "how.short_text": "câu chữ được nhận",
    "how.whole": 'cả câu trả lời dạng JSON, như {{"{key}": …}}',
    "no.excluded": "{id} đã không được công nhận, theo quyết định số {n}.",
    "no.not_excluded": "{id} đang được công nhận, không có gì để công nhận lại.",
    "no.excluded_whole": (
        "{id} không được công nhận trong cả cuộc thi, theo quyết định số {n}: bỏ --round để công "
        "nhận lại ở cả cuộc thi."
    ),
    "no.excluded_person": (
        "Lượt {id} không được công nhận vì thí sinh {person}, theo quyết định số {n}: dùng restore "
        "--contestant {person}."
    ),
    "no.same_unit": "Thí sinh {id} đang thuộc đơn vị {unit} rồi.",
    "no.minutes": "Số phút phải là số nguyên từ 1 đến 1440, đang là {value}.",
    "no.not_running": (
        "Lượt {id} đã kết thúc nên không thêm giờ được. Nếu thí sinh còn lượt, họ có thể thi lượt khác; "
        "nếu bài bị gián đoạn do máy chủ, hãy xem exclude."
    ),
    "no.closed_time": "Kỳ {round} đã đóng hẳn nên không bù giờ được nữa.",
    "no.before_round": "Kỳ {round} chưa có khoảng mở nào bắt đầu: hãy sửa giờ mở trong the_le.yml.",
    "no.extend_past": (
        "Bù {minutes} phút thì kỳ {round} vẫn đóng lúc {closes}, đã qua, và không còn ai đang thi. "
        "Hãy tăng số phút."
    ),
    "no.extend_overlap": (
        "Bù {minutes} phút thì kỳ {round} đóng lúc {closes}, sau khi {next} mở lúc {opens}. Hãy giảm số "
        "phút, hoặc lùi giờ mở đó trước (sửa the_le.yml; kỳ đã có quyết định đổi thể lệ thì dùng rules)."
    ),
    "no.no_prediction": "Thể lệ của kỳ {round} không có câu dự đoán.",
    "no.computed": (
        "Thể lệ của kỳ {round} ghi true_value: computed, tức là kết quả thực tế được tính từ bài thi, "
        "không đặt bằng tay. Chỉ đặt được khi thể lệ ghi true_value: outside."
    ),
    "no.still_predicting": (
        "Kỳ {round} còn mở đến {closes}: chỉ đặt kết quả thực tế của câu dự đoán sau đó."
    ),
    "no.number": "{value} không phải là số dùng được ở đây. Ghi như 12345 hoặc 87,5.",
    "no.unfinished": "Lượt {id} chưa kết thúc nên chưa chấm được.",
    "no.not_in_paper": "Đề của lượt {id} không có câu {question}.{near}",
    "no.machine_marked": (
        "Câu {question} (loại {type}) do máy chấm được. Nếu đáp án sai, dùng void hoặc accept cho mọi "
        "thí sinh."
    ),
    "no.points": "Điểm của câu {question} phải từ 0 đến {full}, nhiều nhất 6 chữ số thập phân.",
    "no.moment": 'Thời điểm {value} không đọc được. Ghi như "2026-12-01 00:00" (giờ Việt Nam).',
    "no.past": (
        "Thể lệ mới chỉ có hiệu lực từ lúc này trở đi; {since} đã qua. Hãy chọn thời điểm từ {now}."
    ),
    "no.rules_same": "Thể lệ trong tệp này giống hệt thể lệ sẽ có hiệu lực lúc {since}.",
    "no.rules_keep": "Đổi thể lệ không thể đổi {what}. {fix}",
    "keep.contest": "contest.id (đang là {old})",
    "keep.bank": "bank (đang là {old})",
    "keep.units": "units (đang là {old})",
    "keep.round": "các kỳ đã khai: thiếu kỳ {id}, hoặc sai thứ tự",
    "keep.group": "các nhóm đã khai: thiếu nhóm {id}",
    "keep.key": "registration.key (đang là {old}), vì người đã đăng ký được nhận ra theo khóa đó",
    "keep.opens": "giờ mở đã bắt đầu của kỳ {id}",
    "keep.closes": "giờ đóng của kỳ {id} thành một lúc trước {since}",
    "keep.points": "điểm mỗi câu và cách chấm khi kỳ {id} đang mở",
    "keep.prediction": "câu dự đoán khi kỳ {id} đang mở",
    "fix.contest": "Ghi lại như cũ; cuộc thi khác thì dùng thư mục khác.",
    "fix.bank": "Ghi lại như cũ; câu hỏi sai thì dùng void hoặc accept.",
    "fix.units": "Ghi lại như cũ; đơn vị của một người thì dùng unit.",
    "fix.round": "Giữ các kỳ cũ theo thứ tự cũ; kỳ mới chỉ thêm ở cuối.",
    "fix.group": "Giữ các nhóm cũ.",
    "fix.key": "Ghi lại như cũ.",
    "fix.opens": "Ghi lại như cũ.",
    "fix.closes": "Chọn giờ đóng muộn hơn.",
    "fix.points": "Giữ như cũ cho kỳ đó (có thể ghi trong papers:), hoặc chọn --from sau khi kỳ đóng.",
    "fix.prediction": "Chọn --from sau khi kỳ đóng.",
    "no.ruling": "Không có quyết định số {n}: có {count} quyết định. Xem timhieu rulings.",
    "no.undone": "Quyết định số {n} đã được rút lại bởi quyết định số {by}.",
    "no.undo_time": (
        "Giờ đã rút lại thì không trả lại bằng cách này: hãy cho thêm giờ bằng quyết định time mới."
    ),
    "no.time_used": (
        "Thời gian cho thêm ở quyết định số {n} đã được dùng hoặc lượt thi đã kết thúc, không rút lại "
        "được."
    ),
    "no.all_admitted": (
        "Kỳ {round} nhận mọi thí sinh (admits: all). Muốn chỉ nhận người có trong danh sách, ghi "
        "admits: listed cho kỳ đó trong thể lệ."
    ),
    "no.admit_round": "Không có kỳ {id} trong thể lệ.{near}",
    "no.admit_closed": "Kỳ {round} đã đóng hẳn nên danh sách dự kỳ không đổi được nữa.",
    "no.admit_again": "Mọi thí sinh này đã có trong danh sách dự kỳ {round}.",
    "no.admit_nobody": "Không có ai để đưa vào danh sách: {origin}.",
    "no.changed": "Vừa có quyết định khác được ghi. Không ghi gì; hãy xem lại rồi chạy lại lệnh.",
    "no.result": "{out} không phải là thư mục kết quả do timhieu grade ghi.",
    "no.result_file": "Tệp {file} trong {out} đã bị sửa hoặc thiếu: hãy chạy lại timhieu grade.",
    "no.result_contest": "Kết quả ở {out} là của cuộc thi {other}, không phải {own}.",
    "no.result_round": "Kết quả ở {out} không có bảng xếp hạng của {id}.{near}",
    "no.result_open": "Kết quả ở {out} còn là tạm thời: hãy đợi kỳ đóng rồi chạy lại timhieu grade.",
    "no.tampered": "Dữ liệu đã bị sửa ở {place}: không xử lý gì. Hãy phục hồi từ bản sao.",
    # previews
    "preview.none": "Không ai đổi điểm, hạng hay giải.",
    "preview.ungraded": "Kết quả hiện tại chưa tính được, nên không so sánh được: {why}",
    "preview.still": "Sau quyết định này vẫn chưa tính được kết quả: {why}",
    "preview.counts": (
        "Đổi: {people} người và {units} đơn vị; điểm {score}, hạng {rank}, giải {prize}, tình trạng {status}."
    ),
    "preview.more": "… còn {n} dòng nữa; --diff TỆP.csv ghi tất cả.",
    "preview.file": "Đã ghi {n} dòng vào {file}.",
    "preview.exists": "Đã có tệp {file}, không ghi đè: hãy chọn tên khác.",
    "preview.title": "Quyết định số {n}: {kind} · {what}",
    "preview.rules": "Các phần của thể lệ đổi: {keys}.",
    "preview.admit": "{n} thí sinh được thêm vào danh sách dự kỳ {round}.",
    "preview.extend": "{n} lượt đang làm được thêm {minutes} phút; kỳ {round} đóng lúc {closes}.",
    "preview.dry": "Chạy thử: không ghi gì.",
    "preview.ask": "Ghi quyết định này?",
    "preview.stopped": "Không ghi gì.",
    "preview.done": "Đã ghi quyết định xử lý số {n}.",
    "column.table": "bảng",
    "column.round": "kỳ",
    "column.id": "mã",
    "column.name": "tên",
    "column.what": "mục",
    "column.before": "trước",
    "column.after": "sau",
    "what.score": "điểm",
    "what.rank": "hạng",
    "what.prize": "giải",
    "what.status": "tình trạng",
    "what.unit_id": "đơn vị",
    "what.people": "số người",
    "what.points": "điểm giải",
    "table.people": "cá nhân",
    "table.units": "tập thể",
    # the command line
    "cli.rule": (
        "Ghi một quyết định xử lý: hủy câu hỏi, nhận thêm đáp án, không công nhận, sửa đơn vị, cho thêm "
        "giờ, đổi thể lệ… Không sửa gì đã có; kết quả cũ vẫn tính lại được."
    ),
    "cli.void": "Hủy một câu hỏi sai.",
    "cli.accept": "Nhận thêm một câu trả lời là đúng.",
    "cli.exclude": "Không công nhận một lượt thi hoặc một thí sinh.",
    "cli.restore": "Công nhận lại một lượt thi hoặc một thí sinh.",
    "cli.unit": "Sửa đơn vị của một thí sinh.",
    "cli.time": "Cho thêm giờ một lượt đang làm, hoặc bù giờ cả kỳ sau sự cố.",
    "cli.true_value": "Đặt kết quả thực tế của câu dự đoán.",
    "cli.rules": "Đổi thể lệ từ một thời điểm, bằng một tệp thể lệ mới đầy đủ.",
    "cli.mark": "Ghi điểm người chấm cho một câu trả lời.",
    "cli.undo": "Rút lại một quyết định, kể cả một lần rút lại.",
    "cli.rulings": "Liệt kê các quyết định xử lý.",
    "cli.admit": "Ghi ai được dự một kỳ có danh sách (admits: listed).",
    "opt.reason": "lý do (bắt buộc)",
    "opt.by": "người quyết định (bắt buộc)",
    "opt.document": "số văn bản làm căn cứ",
    "opt.dry_run": "chỉ xem ai đổi điểm, hạng, giải; không ghi gì",
    "opt.yes": "ghi luôn, không hỏi lại",
    "opt.diff": "ghi mọi thay đổi vào tệp CSV này",
    "opt.round": "mã của kỳ",
    "opt.question": "mã câu hỏi",
    "opt.full": "mọi người có câu này được đủ điểm",
    "opt.out": "không tính câu này",
    "opt.value": "câu trả lời được nhận, hoặc giá trị",
    "opt.attempt": "mã lượt thi (lt-…) hoặc mã biên nhận",
    "opt.contestant": "mã thí sinh (ts-…)",
    "opt.unit": "mã đơn vị",
    "opt.minutes": "số phút",
    "opt.points": "số điểm",
    "opt.file": "tệp thể lệ mới",
    "opt.from": "từ thời điểm nào, giờ Việt Nam",
    "opt.result": "thư mục kết quả của timhieu grade",
    "opt.board": "theo bảng xếp hạng chung này",
    "opt.rank_round": "theo bảng xếp hạng của kỳ này",
    "opt.top": "lấy đến hạng này (mỗi nhóm)",
    "cli.void.one": "Hãy ghi một trong hai: --full hoặc --out.",
    "cli.time.one": "Hãy ghi một trong hai: --attempt hoặc --round.",
    "cli.admit.one": "Hãy ghi --contestant, hoặc --from với --top và một trong --board, --rank-round.",
    "origin.typed": "ghi tay",
    "origin.ranked": "kết quả {hash}, {board}, đến hạng {top}",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
