"""What documents may name: every placeholder, with what a list's rows hold."""

from __future__ import annotations

from typing import Any

IMAGE = "image"
TEXT = "text"

Schema = dict[str, Any]
"""Name -> TEXT, IMAGE, or for a list the schema of its rows."""


def _texts(names: str) -> Schema:
    return dict.fromkeys(names.split(), TEXT)


_UNIT = _texts("stt don_vi khoi si_so so_nguoi ty_le so_luot diem_tb so_giai hang")
_LEVEL = _texts("muc so_bai ty_le luy_ke")
_SPAN = "stt so_nguoi luy_ke_nguoi so_luot luy_ke_luot"

ROUND: Schema = {
    **_texts(
        "ten thoi_gian trang_thai so_nguoi so_luot so_het_gio so_dang_lam so_xep_hang so_loai "
        "so_dung_het ty_le_dung_het diem_trung_binh dai_luong_du_doan gia_tri_du_doan so_giai "
        "co_cau_giai so_giai_tap_the co_cau_tap_the tong_tien tong_tien_chu tong_si_so "
        "tong_nguoi_don_vi tong_ty_le tong_luot_don_vi don_vi_dan_dau"
    ),
    "bieu_do_ngay": IMAGE,
    "bieu_do_diem": IMAGE,
    "bieu_do_don_vi": IMAGE,
    "giai": {
        **_texts("ten nhom tieu_de so_luong"),
        "nguoi": _texts(
            "stt hang ho_ten ma don_vi cap_tren nhom so_cau_dung diem thoi_gian thoi_diem_nop "
            "du_doan chenh_lech giai muc_thuong"
        ),
    },
    "giai_tap_the": {
        **_texts("ten tieu_de so_luong"),
        "tap_the": _texts(
            "stt hang don_vi khoi si_so so_nguoi ty_le so_luot so_giai diem_xet giai muc_thuong"
        ),
    },
    "don_vi": {**_UNIT, "cap_duoi": _UNIT},
    "ngay": _texts(f"{_SPAN} ngay"),
    "tuan": _texts(f"{_SPAN} tuan"),
    "tuan_don_vi": _texts("stt tuan don_vi so_nguoi so_luot luy_ke_luot"),
    "muc_dung": _LEVEL,
    "muc_diem": _LEVEL,
    "nhom": _texts("ten so_nguoi ty_le so_luot diem_tb so_dung_het so_giai"),
    "khoi": _texts("ten si_so so_nguoi ty_le so_luot so_giai"),
    "chi_tieu": _texts("noi_dung chi_tieu thuc_hien ty_le"),
    "so_sanh": _texts("noi_dung truoc nay tang_giam ty_le"),
    "loai": _texts("stt ho_ten ma don_vi luot ly_do van_ban nguoi thoi_diem"),
    "dap_an": _texts("stt ma cau_hoi dap_an nguon"),
    "cau_hoi": _texts("stt ma cau_hoi so_lan tra_loi dung ty_le do_de nhan_xet"),
}

BOARD: Schema = {
    **_texts(
        "ten gom_ky cach_xep_hang so_xep_hang co_giai so_giai co_cau_giai so_giai_tap_the "
        "co_cau_tap_the tong_tien tong_tien_chu"
    ),
    "giai": ROUND["giai"],
    "giai_tap_the": ROUND["giai_tap_the"],
    "dung_dau": _texts(
        "stt hang ho_ten ma don_vi cap_tren nhom so_ky so_cau_dung diem thoi_gian chenh_lech giai"
    ),
}

SCHEMA: Schema = {
    **_texts(
        "cuoc_thi ten_cuoc_thi co_quan_chu_quan co_quan so_ky_hieu dia_danh_ngay so_quyet_dinh "
        "ngay_quyet_dinh so_bien_ban ngay_bien_ban dau_trang phien_ban ma_phien_ban ma_kiem_tra "
        "so_lieu_den thay_mat chuc_vu chuc_vu_chinh_quyen nguoi_ky chu_toa thu_ky nguoi_lap "
        "nguoi_ban_hanh nguoi_de_nghi luu dong_trong cach_xep_hang cach_xep_don_vi hop_bat_dau "
        "hop_ket_thuc hop_dia_diem hop_y_kien tong_so_nguoi tong_so_luot tong_so_loai tong_tien "
        "tong_tien_chu"
    ),
    "can_cu": _texts("noi_dung"),
    "noi_nhan": _texts("noi_dung"),
    "thanh_phan": _texts("ho_ten"),
    "xu_ly": _texts("stt ky loai doi_tuong noi_dung ly_do van_ban nguoi thoi_diem"),
    "cac_ky": ROUND,
    "cac_bang": BOARD,
}
"""Every name at the top of a document."""


def names(schema: Schema, prefix: str = "") -> list[str]:
    """Return every name with the lists it lies in: `cac_ky`, `cac_ky.ten`, `cac_ky.giai.ten`."""
    found = []
    for name, inner in schema.items():
        found.append(prefix + name)
        if isinstance(inner, dict):
            found += names(inner, f"{prefix}{name}.")
    return found
