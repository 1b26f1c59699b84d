//! Rubrics of the gazette above the head of an act ("VĂN BẢN HỢP NHẤT - BỘ TÀI CHÍNH"),
//! its imprint on the last page, and its notes on parts printed in another issue.

use std::sync::LazyLock;

use legal::model::Block;
use regex::Regex;

/// Blocks above the head that may be rubrics.
const ABOVE: usize = 4;

/// The divisions of Công báo (Nghị định 34/2016/NĐ-CP and the forms of the gazette).
static RUBRIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:PHẦN )?(?:[IVX]+\.\s*)?(?:CÁC )?VĂN BẢN (?:QUY PHẠM PHÁP LUẬT|HỢP NHẤT|PHÁP LUẬT KHÁC|KHÁC)|ĐIỀU ƯỚC QUỐC TẾ)(?:\s*[-–—:].*)?$",
    )
    .expect("fixed pattern")
});

static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\((?:Xem tiếp|Tiếp theo|Xem từ trang|Còn tiếp|Đăng từ)\b.{0,80}\)$").expect("fixed pattern")
});

static IMPRINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:VĂN PHÒNG CHÍNH PHỦ|ỦY BAN NHÂN DÂN .{3,60}|VĂN PHÒNG .{3,80}) XUẤT BẢN$")
        .expect("fixed pattern")
});

/// Blocks of an imprint: address, telephone, price.
const IMPRINT_BLOCKS: usize = 14;

/// Takes rubrics, notes and the imprint of the gazette out.
pub(super) fn clear(blocks: &mut Vec<Block>) {
    for _ in 0..ABOVE {
        let top: Vec<&str> = blocks.iter().take(30).map_while(text).collect();
        let Some(at) = top.iter().take(ABOVE).position(|line| RUBRIC.is_match(line)) else {
            break;
        };
        // The issuer under a rubric stands again in the head itself.
        let again = top
            .get(at + 1)
            .is_some_and(|next| top.iter().skip(at + 2).any(|line| line == next));
        blocks.drain(at..=at + usize::from(again));
    }
    let tail = blocks.len().saturating_sub(IMPRINT_BLOCKS);
    let imprint = blocks
        .iter()
        .skip(tail)
        .position(|block| matches!(block, Block::Para(para) if IMPRINT.is_match(&para.text)));
    if let Some(at) = imprint {
        blocks.truncate(tail + at);
    }
    blocks.retain(|block| !matches!(block, Block::Para(para) if ELSEWHERE.is_match(&para.text)));
}

fn text(block: &Block) -> Option<&str> {
    match block {
        Block::Para(para) => Some(para.text.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use legal::model::Para;

    #[test]
    fn rubrics_go_and_the_head_stays() {
        let para = |text: &str| {
            Block::Para(Para {
                text: text.into(),
                ..Para::default()
            })
        };
        let lines = [
            "VĂN BẢN QUY PHẠM PHÁP LUẬT",
            "QUỐC HỘI",
            "QUỐC HỘI",
            "CỘNG HÒA",
            "(Xem tiếp Công báo số 5 + 6)",
            "Điều 1. x",
        ];
        let mut blocks: Vec<Block> = lines.map(para).to_vec();
        clear(&mut blocks);
        assert_eq!(blocks, ["QUỐC HỘI", "CỘNG HÒA", "Điều 1. x"].map(para));
    }
}
