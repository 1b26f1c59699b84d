//! Tables: real ones kept, ones that only lay out text taken apart.

use std::sync::LazyLock;

use legal::model::{Align, Block, Cell, Para, Row, Table};
use regex::Regex;

/// A table while its cells are read.
#[derive(Default)]
pub(crate) struct Building {
    rows: Vec<Row>,
    /// Text outside any cell (a caption).
    loose: Vec<Para>,
}

impl Building {
    pub(crate) fn row(&mut self) {
        self.rows.push(Row::default());
    }

    pub(crate) fn cell(&mut self, colspan: u16, rowspan: u16, header: bool) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Cell {
                paras: Vec::new(),
                colspan,
                rowspan,
                header,
            });
        }
    }

    pub(crate) fn para(&mut self, para: Para) {
        match self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) => cell.paras.push(para),
            None => self.loose.push(para),
        }
    }

    fn paras(&self) -> impl Iterator<Item = &Para> {
        self.rows
            .iter()
            .flat_map(|row| &row.cells)
            .flat_map(|cell| &cell.paras)
    }

    /// What the finished table gives: itself, or its text where it only lays text out
    /// or stands `nested` in a cell of another.
    pub(crate) fn into_blocks(self, nested: bool) -> Vec<Block> {
        if !nested && !self.is_layout() {
            return self.into_table().map(Block::Table).into_iter().collect();
        }
        let centred = self.columns() > 1;
        let mut paras: Vec<Para> = self.into_paras().collect();
        for para in &mut paras {
            if centred && para.align == Align::Start && para.text.chars().count() < 80 {
                para.align = Align::Center;
            }
        }
        paras.into_iter().map(Block::Para).collect()
    }

    /// Columns that hold text in the widest row.
    fn columns(&self) -> usize {
        let full = |row: &Row| row.cells.iter().filter(|cell| !cell.paras.is_empty()).count();
        self.rows.iter().map(full).max().unwrap_or(0)
    }

    /// Whether the table only places text on the page: heads and signatures of acts,
    /// frames around text, pages put into one cell.
    fn is_layout(&self) -> bool {
        let rows = self
            .rows
            .iter()
            .filter(|row| row.cells.iter().any(|cell| !cell.paras.is_empty()))
            .count();
        match self.columns() {
            0 => true,
            1 => rows == 1 || self.paras().any(|para| is_heading(&para.text)),
            2 | 3 => (rows <= 6 && self.is_head()) || (rows <= 4 && self.is_signature()) || self.wraps_text(),
            _ => rows <= 4 && self.is_head(),
        }
    }

    /// The head of an act: issuer and number left, state and motto right.
    fn is_head(&self) -> bool {
        static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)^(?:[\p{L}]+ ){0,4}(?:số|no)\s?[.:]*\s?\d[\d ]*[/\-]").expect("fixed pattern")
        });
        let size: usize = self.paras().map(|para| para.text.len()).sum();
        if size < 300 && self.rows.len() < 4 && self.paras().any(|para| NUMBERED.is_match(&para.text)) {
            return true;
        }

        self.paras().take(12).any(|para| {
            let text = para.text.to_uppercase();
            text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA")
                || text.contains("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA")
                || text.contains("SOCIALIST REPUBLIC")
                || text.contains("VIỆT NAM DÂN CHỦ CỘNG HÒA")
        })
    }

    /// The foot of an act: recipients left, office and name right.
    fn is_signature(&self) -> bool {
        static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(concat!(
                r"^(?i:nơi nhận|recipients?|to:)|^(?:TM|KT|TL|TUQ|Q|T/M|K/T)\s?[.,]\s?[A-ZĐÀ-Ỹ]|^\(?(?i:đã ký|ký tên)",
                r"|^(?:PHÓ )?(?:BỘ TRƯỞNG|CHỦ TỊCH|THỨ TRƯỞNG|THỐNG ĐỐC|THỦ TƯỚNG|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG|GIÁM ĐỐC|CỤC TRƯỞNG|TRƯỞNG)",
                r"|^ON BEHALF OF|^FOR THE |^(?:CHAIRMAN|CHAIRPERSON|PRIME MINISTER|MINISTER|PRESIDENT)",
            ))
            .expect("fixed pattern")
        });
        let words: usize = self.paras().map(|para| para.text.len()).sum();
        words < 6_000
            && self.paras().any(|para| SIGNS.is_match(&para.text))
            && !self.paras().any(|para| is_heading(&para.text))
    }

    /// Text of the act put into cells: whole articles inside, not a comparison of articles.
    fn wraps_text(&self) -> bool {
        let headed = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.cells.get(column))
                .flat_map(|cell| &cell.paras)
                .filter(|para| is_heading(&para.text))
                .count()
        };
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let full: Vec<usize> = (0..width.min(6)).filter(|column| headed(*column) > 1).collect();
        full.len() == 1 && self.paras().map(|para| para.text.len()).sum::<usize>() > 2_000
    }

    /// The text in reading order, without the table.
    fn into_paras(self) -> impl Iterator<Item = Para> {
        self.loose.into_iter().chain(
            self.rows
                .into_iter()
                .flat_map(|row| row.cells)
                .flat_map(|cell| cell.paras),
        )
    }

    /// The table; `None` when nothing is in it. Its id is given later.
    fn into_table(mut self) -> Option<Table> {
        self.rows.retain(|row| !row.cells.is_empty());
        if !self.loose.is_empty() {
            let width = self
                .rows
                .first()
                .map_or(1, |row| row.cells.iter().map(|cell| cell.colspan).sum());
            let caption = Cell {
                paras: self.loose,
                colspan: width,
                rowspan: 1,
                header: true,
            };
            self.rows.insert(0, Row { cells: vec![caption] });
        }
        (!self.rows.is_empty()).then_some(Table {
            id: String::new(),
            rows: self.rows,
        })
    }
}

fn is_heading(text: &str) -> bool {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:Điều|ĐIỀU|Article|ARTICLE)\s\d{1,3}[a-zđ]?\s?[.:]").expect("fixed pattern")
    });
    HEADING.is_match(text)
}
