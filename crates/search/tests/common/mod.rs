//! A small law book in a fresh database; each test file uses what it needs of it.
#![allow(dead_code, missing_docs)]

use acts::store::{Put, act_put};
use db::Db;
use jiff::civil::{Date, date};
use legal::model::{
    ActKind, ActText, Block, Claim, Metadata, Para, Part, PartKind, Provision, ProvisionKind,
};
use search::{Index, Query, Results};
use tempfile::TempDir;

pub const TODAY: Date = date(2026, 11, 23);

/// A database and the folder of its index.
pub struct Shelf {
    pub folder: TempDir,
    pub db: Db,
}

impl Shelf {
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(None, folder.path()).await.unwrap();
        Self { folder, db }
    }

    /// With a code, its neighbour, a decree, two laws of one name and a decision with a regulation.
    pub async fn filled() -> Self {
        let shelf = Self::empty().await;
        for act in book() {
            shelf.put(&act).await;
        }
        shelf
    }

    pub async fn put(&self, text: &ActText) {
        let sha256 = format!("{:064x}", seed(text));
        let put = Put {
            text,
            has_text: true,
            sha256: &sha256,
            item: 0,
            file_name: "a.txt",
            format: "txt",
            media_type: "text/plain",
            size: 1,
            parser: "1",
            confidence: None,
        };
        let mut tx = self.db.begin().await.unwrap();
        act_put(&mut tx, &put).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn home(&self) -> std::path::PathBuf {
        self.folder.path().join("index")
    }

    pub async fn index(&self) -> Index {
        let index = Index::open(&self.home()).unwrap();
        index.catch_up(&self.db).await.unwrap();
        index
    }
}

fn seed(text: &ActText) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(text).unwrap().hash(&mut hasher);
    hasher.finish()
}

pub async fn ask(index: &Index, text: &str) -> Results {
    let query = Query::new(text, TODAY);
    index.search(query).await.unwrap()
}

/// Slugs of the acts found, best first.
pub async fn slugs(index: &Index, text: &str) -> Vec<String> {
    ask(index, text)
        .await
        .groups
        .into_iter()
        .map(|group| group.act.slug)
        .collect()
}

pub fn act(
    kind: ActKind,
    number: &str,
    title: &str,
    issued: Date,
    articles: &[(&str, &str, &str)],
) -> ActText {
    let main = Part {
        id: "main".into(),
        ..Part::default()
    };
    let provisions = articles
        .iter()
        .map(|(number, heading, text)| article("main", number, heading, text));
    ActText {
        metadata: Metadata {
            kind: Some(kind),
            number: Some(number.into()),
            issuers: vec!["Quốc hội".into()],
            issued: Some(issued),
            in_force: Some(issued),
            title: Some(title.into()),
            ..Metadata::default()
        },
        parts: vec![main],
        provisions: provisions.collect(),
        ..ActText::default()
    }
}

fn article(part: &str, number: &str, heading: &str, text: &str) -> Provision {
    let prefix = if part == "main" {
        String::new()
    } else {
        format!("{part}__")
    };
    Provision {
        id: format!("{prefix}art_{number}"),
        part: part.into(),
        kind: ProvisionKind::Article,
        number: number.into(),
        heading: Some(heading.into()),
        parent: None,
        blocks: vec![Block::Para(Para {
            text: text.into(),
            ..Para::default()
        })],
        notes: vec![],
        heading_marks: vec![],
    }
}

fn book() -> Vec<ActText> {
    let mut book = codes();
    book.extend(laws_of_land());
    book.extend([decree(), decision()]);
    book
}

fn codes() -> Vec<ActText> {
    let code = act(
        ActKind::BoLuat,
        "91/2015/QH13",
        "Dân sự",
        date(2015, 11, 24),
        &[
            (
                "1",
                "Phạm vi điều chỉnh",
                "Bộ luật này quy định địa vị pháp lý của cá nhân, pháp nhân.",
            ),
            (
                "5",
                "Áp dụng tập quán",
                "Tập quán là quy tắc xử sự có nội dung rõ ràng.",
            ),
            (
                "105",
                "Tài sản",
                "Tài sản là vật, tiền, giấy tờ có giá và quyền tài sản. Bất động sản và động sản.",
            ),
        ],
    );
    let procedure = act(
        ActKind::BoLuat,
        "92/2015/QH13",
        "Tố tụng dân sự",
        date(2015, 11, 25),
        &[
            (
                "5",
                "Quyền quyết định và tự định đoạt của đương sự",
                "Đương sự có quyền quyết định việc khởi kiện.",
            ),
            (
                "6",
                "Cung cấp chứng cứ",
                "Theo quy định của Bộ luật Dân sự, điều 5 bộ luật dân sự và luật khác.",
            ),
        ],
    );
    vec![code, procedure]
}

fn decree() -> ActText {
    act(
        ActKind::NghiDinh,
        "100/2019/NĐ-CP",
        "Quy định xử phạt vi phạm hành chính trong lĩnh vực giao thông đường bộ",
        date(2019, 12, 30),
        &[
            (
                "5",
                "Xử phạt người điều khiển xe ô tô",
                "Phạt tiền người có nồng độ cồn vượt quá 80 miligam.",
            ),
            (
                "6",
                "Xử phạt người điều khiển xe mô tô",
                "Phạt tiền người điều khiển xe máy có nồng độ cồn.",
            ),
        ],
    )
}

fn laws_of_land() -> Vec<ActText> {
    let mut old = act(
        ActKind::Luat,
        "45/2013/QH13",
        "Đất đai",
        date(2013, 11, 29),
        &[(
            "5",
            "Người sử dụng đất",
            "Người sử dụng đất được Nhà nước giao đất, cho thuê đất.",
        )],
    );
    old.metadata.claims.push(Claim {
        field: "expires".into(),
        value: "2024-08-01".into(),
        source: "test".into(),
        seen: None,
    });
    let new = act(
        ActKind::Luat,
        "31/2024/QH15",
        "Đất đai",
        date(2024, 1, 18),
        &[
            (
                "5",
                "Nguyên tắc sử dụng đất",
                "Đúng mục đích sử dụng đất. Bền vững, tiết kiệm.",
            ),
            (
                "9",
                "Phân loại đất",
                "Đất hoà giải và đất thuỷ lợi. Hương ước của làng.",
            ),
        ],
    );
    vec![old, new]
}

fn decision() -> ActText {
    let mut decision = act(
        ActKind::QuyetDinh,
        "07/QĐ-UBND",
        "Ban hành Quy chế tiếp công dân",
        date(2020, 2, 3),
        &[(
            "1",
            "Ban hành",
            "Ban hành kèm theo Quyết định này Quy chế tiếp công dân.",
        )],
    );
    decision.parts.push(Part {
        id: "att_1".into(),
        kind: PartKind::Attached,
        title: "Quy chế tiếp công dân".into(),
        ..Part::default()
    });
    decision.provisions.push(article(
        "att_1",
        "5",
        "Lịch tiếp",
        "Tiếp công dân vào thứ năm hằng tuần.",
    ));
    decision
}
