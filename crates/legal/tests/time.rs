//! Law suspended, put off and made longer: sentences of real acts and their like, and what comes of them.

mod library;

use legal::amend::{Instruction, Operation, Refusal, Target, read};
use legal::citations::ActRef;
use legal::model::ActText;
use library::act;

/// A resolution of the National Assembly with these lines as its Điều 1.
fn resolution(lines: &[&str]) -> ActText {
    let head = [
        "QUỐC HỘI",
        "Nghị quyết số: 30/2023/QH15",
        "Hà Nội, ngày 21 tháng 6 năm 2023",
        "NGHỊ QUYẾT",
        "VỀ HIỆU LỰC CỦA MỘT SỐ VĂN BẢN",
    ];
    let tail = [
        "Điều 2. Hiệu lực thi hành",
        "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2023.",
    ];
    let all: Vec<&str> = head.iter().chain(lines).chain(&tail).copied().collect();
    act(&all)
}

fn target(target: &Target) -> String {
    let act = match &target.act {
        ActRef::Number { number, .. } => number.clone(),
        ActRef::Name { name, .. } => name.clone(),
        other => format!("{other:?}"),
    };
    target
        .provision
        .as_ref()
        .map_or(act.clone(), |id| format!("{act} {id}"))
}

fn done(one: &Instruction) -> String {
    let how = match one.operation {
        Operation::Suspend => "-",
        Operation::Resume => "+",
        Operation::Postpone => ">",
        Operation::Extend => "|",
        _ => "?",
    };
    let day = one.in_force.map(|day| format!(" {day}")).unwrap_or_default();
    format!("{how} {}{day}", target(&one.target))
}

fn refused(one: &Refusal) -> String {
    let about: Vec<String> = one.targets.iter().map(target).collect();
    format!("{:?} {}", one.reason, about.join(", "))
}

/// What is read in these lines, in order, instructions first.
fn told(lines: &[&str]) -> Vec<String> {
    let reading = read(&resolution(lines));
    let done = reading.instructions.iter().map(done);
    done.chain(reading.refusals.iter().map(refused)).collect()
}

/// Lines, and what is read in them: "-" suspended, "+" in force again, ">" put off, "|" ends on.
const TOLD: [(&[&str], &[&str]); 22] = [
    (
        &[
            "Điều 1. Ngưng hiệu lực thi hành",
            "Ngưng hiệu lực thi hành Điều 12 và Điều 13 của Luật Tổ chức Quốc hội số 57/2014/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 65/2020/QH14; các điều 18, 19 của Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân số 87/2015/QH13 kể từ ngày Nghị quyết này có hiệu lực thi hành cho đến khi Quốc hội có quy định khác.",
        ],
        &[
            "- 57/2014/QH13 art_12",
            "- 57/2014/QH13 art_13",
            "- 87/2015/QH13 art_18",
            "- 87/2015/QH13 art_19",
        ],
    ),
    (
        &[
            "Điều 1. Tạm ngưng hiệu lực áp dụng văn bản",
            "Tạm ngưng hiệu lực áp dụng cho đến khi Luật An toàn thực phẩm (sửa đổi) và Nghị định hướng dẫn Luật An toàn thực phẩm (sửa đổi) có hiệu lực thi hành đối với các văn bản sau đây:",
            "1. Nghị định số 46/2026/NĐ-CP ngày 26 tháng 01 năm 2026 của Chính phủ quy định chi tiết thi hành một số điều và biện pháp để tổ chức, hướng dẫn thi hành Luật An toàn thực phẩm.",
            "2. Nghị quyết số 66.13/2026/NQ-CP ngày 27 tháng 01 năm 2026 của Chính phủ quy định về công bố, đăng ký sản phẩm thực phẩm.",
        ],
        &["- 46/2026/NĐ-CP", "- 66.13/2026/NQ-CP"],
    ),
    (
        &[
            "Điều 1. Ngưng hiệu lực thi hành của Thông tư số 24/2019/TT-BGTVT ngày 05 tháng 7 năm 2019 của Bộ trưởng Bộ Giao thông vận tải từ ngày 28 tháng 11 năm 2022 đến hết ngày 31 tháng 12 năm 2023.",
        ],
        &["- 24/2019/TT-BGTVT 2022-11-28", "+ 24/2019/TT-BGTVT 2024-01-01"],
    ),
    (
        &[
            "Điều 1. Ngưng hiệu lực",
            "Ngưng hiệu lực thi hành khoản 2 Điều 5, điểm a khoản 1 Điều 6 của Nghị định số 65/2022/NĐ-CP đến hết ngày 31/12/2023.",
        ],
        &[
            "- 65/2022/NĐ-CP art_5__clause_2",
            "+ 65/2022/NĐ-CP art_5__clause_2 2024-01-01",
            "- 65/2022/NĐ-CP art_6__clause_1__point_a",
            "+ 65/2022/NĐ-CP art_6__clause_1__point_a 2024-01-01",
        ],
    ),
    (
        &[
            "Điều 1. Ngưng hiệu lực",
            "Khoản 2 Điều 5 của Nghị định số 65/2022/NĐ-CP ngưng hiệu lực thi hành từ ngày 05/3/2023 đến ngày 31/12/2023.",
        ],
        &[
            "- 65/2022/NĐ-CP art_5__clause_2 2023-03-05",
            "+ 65/2022/NĐ-CP art_5__clause_2 2024-01-01",
        ],
    ),
    // Matters, not provisions.
    (
        &[
            "Điều 1. Ngưng hiệu lực thi hành quy định về kích thước tối thiểu được phép khai thác của một số loài thủy sản tại Phụ lục V ban hành kèm theo Nghị định số 37/2024/NĐ-CP cho đến khi sửa đổi các quy định, cụ thể:",
            "1. Cá trích: 80 mm.",
        ],
        &["PartOfContent 37/2024/NĐ-CP app_5"],
    ),
    (
        &[
            "Điều 1. Ngưng hiệu lực",
            "Ngưng hiệu lực thi hành các quy định sau đây tại Nghị định số 65/2022/NĐ-CP đến hết ngày 31 tháng 12 năm 2023:",
            "1. Quy định về việc xác định tư cách nhà đầu tư tại khoản 6 Điều 1.",
            "2. Khoản 7, khoản 8 Điều 1.",
        ],
        &[
            "- 65/2022/NĐ-CP art_1__clause_7",
            "+ 65/2022/NĐ-CP art_1__clause_7 2024-01-01",
            "- 65/2022/NĐ-CP art_1__clause_8",
            "+ 65/2022/NĐ-CP art_1__clause_8 2024-01-01",
            "PartOfContent 65/2022/NĐ-CP art_1__clause_6",
        ],
    ),
    (
        &["Điều 1. Ngưng hiệu lực một phần Thông tư số 13/2015/TT-BKHCN đến hết ngày 31/12/2018."],
        &["PartOfContent 13/2015/TT-BKHCN"],
    ),
    // Days that are not told.
    (
        &[
            "Điều 1. Việc khác",
            "Ngưng hiệu lực Thông tư số 24/2019/TT-BGTVT trong thời hạn 12 tháng.",
        ],
        &["Postponed 24/2019/TT-BGTVT"],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Ngưng hiệu lực Thông tư số 24/2019/TT-BGTVT đến hết ngày 31/12/2023, trừ Điều 5.",
        ],
        &["Exception 24/2019/TT-BGTVT"],
    ),
    // Put off.
    (
        &[
            "Điều 1. Lùi hiệu lực",
            "Lùi hiệu lực thi hành của Bộ luật Hình sự số 100/2015/QH13 và Luật Thi hành tạm giữ, tạm giam số 94/2015/QH13 từ ngày 01 tháng 7 năm 2016 đến ngày 01 tháng 01 năm 2018.",
        ],
        &["> 100/2015/QH13 2018-01-01", "> 94/2015/QH13 2018-01-01"],
    ),
    (
        &[
            "Điều 1. Lùi hiệu lực",
            "Lùi hiệu lực thi hành của Bộ luật hình sự số 100/2015/QH13 từ ngày 01 tháng 7 năm 2016 đến ngày Luật sửa đổi, bổ sung một số điều của Bộ luật Hình sự số 100/2015/QH13 có hiệu lực thi hành.",
        ],
        &["Postponed 100/2015/QH13"],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Lùi thời hạn áp dụng khoản 3 Điều 60 của Luật Bảo hiểm xã hội số 58/2014/QH13 đến ngày 01 tháng 01 năm 2025.",
        ],
        &["> 58/2014/QH13 art_60__clause_3 2025-01-01"],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Lùi thời điểm có hiệu lực thi hành của Luật Thủ đô số 25/2012/QH13 thêm 06 tháng.",
        ],
        &["Postponed 25/2012/QH13"],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Luật Thủ đô số 25/2012/QH13 được lùi thời điểm có hiệu lực thi hành đến ngày 01/01/2025.",
        ],
        &["> 25/2012/QH13 2025-01-01"],
    ),
    // Made longer.
    (
        &[
            "Điều 1. Việc khác",
            "Kéo dài thời hạn áp dụng Nghị quyết số 42/2017/QH14 ngày 21 tháng 6 năm 2017 của Quốc hội về thí điểm xử lý nợ xấu của các tổ chức tín dụng đến hết ngày 31 tháng 12 năm 2023.",
        ],
        &["| 42/2017/QH14 2024-01-01"],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Tiếp tục thực hiện Nghị quyết số 54/2017/QH14 đến hết ngày 31 tháng 12 năm 2025.",
        ],
        &["| 54/2017/QH14 2026-01-01"],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Tiếp tục thực hiện Nghị quyết số 54/2017/QH14 và Chỉ thị số 10/CT-TTg.",
        ],
        &[],
    ),
    // Titles, matters and powers.
    (
        &[
            "Điều 1. Việc khác",
            "Chính phủ quyết định kéo dài thời hạn áp dụng, tạm ngưng hiệu lực một phần hoặc toàn bộ Nghị định số 65/2022/NĐ-CP.",
        ],
        &[],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Trong thời gian ngưng hiệu lực các nội dung quy định tại Điều 1 Thông tư số 24/2019/TT-BGTVT, cơ quan liên quan không căn cứ quy định đó.",
        ],
        &[],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Bãi bỏ Thông tư số 27/2022/TT-BGTVT ngày 28 tháng 11 năm 2022 quy định ngưng hiệu lực thi hành của Thông tư số 24/2019/TT-BGTVT ngày 05 tháng 7 năm 2019.",
        ],
        &["? 27/2022/TT-BGTVT"],
    ),
    (
        &[
            "Điều 1. Việc khác",
            "Tiếp tục thực hiện các hợp đồng đã ký theo Nghị định số 65/2022/NĐ-CP đến hết ngày 31/12/2025.",
        ],
        &[],
    ),
];

#[test]
fn sentences_about_the_time_for_which_law_holds() {
    for (lines, wanted) in TOLD {
        assert_eq!(told(lines), wanted, "{lines:?}");
    }
}
