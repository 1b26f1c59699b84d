//! The lists with which a portal begins: they hold while their tables are empty.

use crate::model::{Kind, Topic};

/// Code, Vietnamese name, English name, whether the editor can make one.
const KINDS: [(&str, &str, &str, bool); 10] = [
    ("huong-dan", "Hướng dẫn dễ hiểu", "Plain guide", true),
    ("tinh-huong", "Tình huống pháp luật", "Case with answer", true),
    ("tin", "Tin tức", "News", true),
    ("thong-bao", "Thông báo", "Notice", true),
    ("to-gap", "Tờ gấp", "Leaflet", true),
    ("lay-y-kien", "Dự thảo lấy ý kiến", "Draft for comment", true),
    ("do-hoa", "Đồ họa thông tin", "Infographic", true),
    ("ap-phich", "Áp phích", "Poster", true),
    ("am-thanh", "Bài phát thanh", "Audio", true),
    ("video", "Video", "Video", true),
];

/// Topic groups (nhóm thông tin): code, Vietnamese name, English name.
const TOPICS: [(&str, &str, &str); 18] = [
    ("hon-nhan-gia-dinh", "Hôn nhân và gia đình", "Marriage and family"),
    ("dan-su", "Dân sự, thừa kế", "Civil matters, inheritance"),
    (
        "dat-dai",
        "Đất đai, nhà ở, xây dựng",
        "Land, housing, construction",
    ),
    ("lao-dong", "Lao động, việc làm, bảo hiểm", "Work and insurance"),
    (
        "ho-tich-cu-tru",
        "Hộ tịch, cư trú, căn cước",
        "Civil status, residence, identity",
    ),
    ("giao-thong", "Trật tự, an toàn giao thông", "Road safety"),
    ("hinh-su", "Hình sự, phòng, chống tội phạm", "Criminal law"),
    (
        "vi-pham-hanh-chinh",
        "Xử lý vi phạm hành chính",
        "Administrative violations",
    ),
    (
        "khieu-nai-to-cao",
        "Khiếu nại, tố cáo, tiếp công dân",
        "Complaints and denunciations",
    ),
    (
        "hoa-giai-tro-giup",
        "Hòa giải ở cơ sở, trợ giúp pháp lý",
        "Mediation and legal aid",
    ),
    ("tre-em-giao-duc", "Trẻ em, giáo dục", "Children and education"),
    (
        "y-te-an-sinh",
        "Y tế, an sinh xã hội, người khuyết tật",
        "Health, social security, disability",
    ),
    (
        "ma-tuy-te-nan",
        "Phòng, chống ma túy, mua bán người",
        "Drugs and trafficking",
    ),
    (
        "an-ninh-mang",
        "An ninh mạng, dữ liệu cá nhân, lừa đảo",
        "Cybersecurity, personal data, fraud",
    ),
    (
        "doanh-nghiep",
        "Doanh nghiệp, hộ kinh doanh, thuế",
        "Business and tax",
    ),
    (
        "moi-truong",
        "Môi trường, tài nguyên, rừng",
        "Environment and resources",
    ),
    (
        "dan-toc-ton-giao",
        "Dân tộc, tín ngưỡng, tôn giáo",
        "Ethnic groups, belief and religion",
    ),
    (
        "chinh-quyen",
        "Chính quyền địa phương, bầu cử, thủ tục hành chính",
        "Local government and procedures",
    ),
];

/// Hosts to which posts may link, with everything below them.
const HOSTS: [&str; 5] = ["gov.vn", "chinhphu.vn", "quochoi.vn", "vbpl.vn", "dangcongsan.vn"];

pub(crate) fn kinds() -> Vec<Kind> {
    let kind = |(code, label, label_en, offered): (&str, &str, &str, bool)| Kind {
        code: code.to_owned(),
        label: label.to_owned(),
        label_en: label_en.to_owned(),
        offered,
    };
    KINDS.map(kind).to_vec()
}

pub(crate) fn topics() -> Vec<Topic> {
    let topic = |(code, label, label_en): (&str, &str, &str)| Topic {
        code: code.to_owned(),
        label: label.to_owned(),
        label_en: label_en.to_owned(),
    };
    TOPICS.map(topic).to_vec()
}

pub(crate) fn hosts() -> Vec<String> {
    HOSTS.map(str::to_owned).to_vec()
}
