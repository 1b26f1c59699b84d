//! The arrangement with which a portal begins.

use crate::model::{Arrangement, Block, EVENTS, LifeEvent, Link};

/// Code, name, English name, icon, topic group, links.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const ROWS: [Row; EVENTS] = [
    (
        "ket-hon",
        "Kết hôn, gia đình",
        "Marriage and family",
        "rings",
        "hon-nhan-gia-dinh",
        &[("Tìm trong luật: kết hôn", "/tim?q=kết+hôn")],
    ),
    (
        "sinh-con",
        "Sinh con, khai sinh",
        "Birth and its registration",
        "child",
        "ho-tich-cu-tru",
        &[("Tìm trong luật: khai sinh", "/tim?q=khai+sinh")],
    ),
    (
        "di-lam",
        "Đi làm, nghỉ việc",
        "Work and leaving it",
        "work",
        "lao-dong",
        &[(
            "Tìm trong luật: chấm dứt hợp đồng lao động",
            "/tim?q=chấm+dứt+hợp+đồng+lao+động",
        )],
    ),
    (
        "nha-dat",
        "Mua bán nhà, đất",
        "Buying a house or land",
        "house",
        "dat-dai",
        &[(
            "Tìm trong luật: chuyển quyền sử dụng đất",
            "/tim?q=chuyển+quyền+sử+dụng+đất",
        )],
    ),
    (
        "vay-muon",
        "Vay mượn, hợp đồng",
        "Loans and contracts",
        "money",
        "dan-su",
        &[("Tìm trong luật: lãi suất vay", "/tim?q=lãi+suất+vay")],
    ),
    (
        "thua-ke",
        "Thừa kế, di chúc",
        "Inheritance and wills",
        "scroll",
        "dan-su",
        &[(
            "Tìm trong luật: người thừa kế theo pháp luật",
            "/tim?q=người+thừa+kế+theo+pháp+luật",
        )],
    ),
    (
        "tai-nan",
        "Tai nạn, bồi thường",
        "Accidents and damages",
        "crash",
        "giao-thong",
        &[(
            "Tìm trong luật: bồi thường thiệt hại",
            "/tim?q=bồi+thường+thiệt+hại",
        )],
    ),
    (
        "bao-ve",
        "Bị bạo lực, lừa đảo",
        "Violence and fraud",
        "shield",
        "hinh-su",
        &[(
            "Tìm trong luật: tố giác về tội phạm",
            "/tim?q=tố+giác+về+tội+phạm",
        )],
    ),
];

pub(crate) fn arrangement() -> Arrangement {
    let event = |(code, label, label_en, icon, topic, links): Row| LifeEvent {
        code: code.to_owned(),
        label: label.to_owned(),
        label_en: label_en.to_owned(),
        icon: icon.to_owned(),
        topic: topic.to_owned(),
        links: links
            .iter()
            .map(|(label, path)| Link {
                label: (*label).to_owned(),
                path: (*path).to_owned(),
            })
            .collect(),
    };
    Arrangement {
        blocks: Block::ALL.to_vec(),
        events: ROWS.map(event).to_vec(),
    }
}
