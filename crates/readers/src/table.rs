//! Tables: real ones kept, ones that only lay out text taken apart.

use std::sync::LazyLock;

use legal::draft::table_paras;
use legal::model::{Align, Block, Cell, Para, Row, Table};
use regex::Regex;

/// Tables in tables that are looked at one by one; deeper ones are their text.
const DEEP: usize = 4;

/// A cell while its table is read.
#[derive(Debug, Default)]
pub(crate) struct OpenCell {
    /// Paragraphs and tables.
    pub blocks: Vec<Block>,
    pub colspan: u16,
    pub rowspan: u16,
    pub header: bool,
}

/// A table while its cells are read.
#[derive(Default)]
pub(crate) struct Building {
    rows: Vec<Vec<OpenCell>>,
    /// Text outside any cell (a caption).
    loose: Vec<Block>,
}

impl Building {
    pub(crate) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(crate) fn cell(&mut self, cell: OpenCell) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// Puts a block into the open cell.
    pub(crate) fn block(&mut self, block: Block) {
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => cell.blocks.push(block),
            None => self.loose.push(block),
        }
    }

    fn paras(&self) -> impl Iterator<Item = &Para> {
        self.rows.iter().flatten().flat_map(|cell| paras_of(&cell.blocks))
    }

    /// What the finished table gives: itself, or what it holds where it only lays that out. `depth` counts the
    /// tables around it. A cell of an act holds paragraphs alone: what stands in one comes apart into them.
    pub(crate) fn into_blocks(self, depth: usize) -> Vec<Block> {
        if depth < DEEP && !self.is_layout() {
            return self.into_table().map(Block::Table).into_iter().collect();
        }
        let centred = self.columns() > 1;
        let cells = self.rows.into_iter().flatten().flat_map(|cell| cell.blocks);
        let mut blocks: Vec<Block> = self.loose.into_iter().chain(cells).collect();
        for block in &mut blocks {
            if let Block::Para(para) = block
                && centred
                && para.align == Align::Start
                && para.text.chars().count() < 80
            {
                para.align = Align::Center;
            }
        }
        blocks
    }

    /// Columns that hold text in the widest row.
    fn columns(&self) -> usize {
        let full = |row: &Vec<OpenCell>| row.iter().filter(|cell| !cell.blocks.is_empty()).count();
        self.rows.iter().map(full).max().unwrap_or(0)
    }

    /// Whether the table only places text on the page: heads and signatures of acts,
    /// frames around text, pages put into one cell.
    fn is_layout(&self) -> bool {
        let rows = self
            .rows
            .iter()
            .filter(|row| row.iter().any(|cell| !cell.blocks.is_empty()))
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
                .filter_map(|row| row.get(column))
                .flat_map(|cell| paras_of(&cell.blocks))
                .filter(|para| is_heading(&para.text))
                .count()
        };
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let full: Vec<usize> = (0..width.min(6)).filter(|column| headed(*column) > 1).collect();
        full.len() == 1 && self.paras().map(|para| para.text.len()).sum::<usize>() > 2_000
    }

    /// The table; `None` when nothing is in it. Its id is given later.
    fn into_table(mut self) -> Option<Table> {
        self.rows.retain(|row| !row.is_empty());
        if !self.loose.is_empty() {
            let width = self
                .rows
                .first()
                .map_or(1, |row| row.iter().map(|cell| cell.colspan).sum());
            let caption = OpenCell {
                blocks: self.loose,
                colspan: width,
                rowspan: 1,
                header: true,
            };
            self.rows.insert(0, vec![caption]);
        }
        let closed = |cell: OpenCell| Cell {
            paras: cell.blocks.into_iter().flat_map(into_paras).collect(),
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            header: cell.header,
        };
        let rows: Vec<Row> = self
            .rows
            .into_iter()
            .map(|row| Row {
                cells: row.into_iter().map(closed).collect(),
            })
            .collect();
        (!rows.is_empty()).then_some(Table {
            id: String::new(),
            rows,
        })
    }
}

/// The paragraphs of blocks, those of tables too.
fn paras_of(blocks: &[Block]) -> impl Iterator<Item = &Para> {
    blocks.iter().flat_map(|block| {
        let (para, table) = match block {
            Block::Para(para) => (Some(para), None),
            Block::Table(table) => (None, Some(table)),
            // A draft has no quotes yet.
            Block::Quote(_) => (None, None),
        };
        para.into_iter().chain(table.into_iter().flat_map(table_paras))
    })
}

/// The paragraphs of a block in reading order.
fn into_paras(block: Block) -> Vec<Para> {
    match block {
        Block::Para(para) => vec![para],
        Block::Table(table) => {
            let cells = table.rows.into_iter().flat_map(|row| row.cells);
            cells.flat_map(|cell| cell.paras).collect()
        }
        Block::Quote(_) => Vec::new(),
    }
}

fn is_heading(text: &str) -> bool {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:Điều|ĐIỀU|Article|ARTICLE)\s\d{1,3}[a-zđ]?\s?[.:]").expect("fixed pattern")
    });
    HEADING.is_match(text)
}
