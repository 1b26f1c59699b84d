use super::*;

const CORPUS: &str = r#"{"id":"a|1","law_no":"45/2019/QH14","law_name":"Bộ luật Lao động","article":"1","title":"Tiền lương","text":"Tiền lương là số tiền người sử dụng lao động trả cho người lao động."}
{"id":"a|2","law_no":"45/2019/QH14","law_name":"Bộ luật Lao động","article":"2","title":"Nghỉ hằng năm","text":"Người lao động làm việc đủ 12 tháng được nghỉ hằng năm 12 ngày."}
{"id":"b|1","law_no":"01/2020/TT-BLĐTBXH","law_name":"","article":"1","title":"Phạm vi","text":"Thông tư này quy định về hồ sơ."}
"#;

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn a_run_is_made_and_scored() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::build(folder.path(), CORPUS.as_bytes(), Path::new("")).unwrap();
    let questions = questions(
        r#"{"qid":"1","set":"x","text":"Người lao động được nghỉ hằng năm bao nhiêu ngày khi làm đủ 12 tháng?","gold":["a|2"]}
{"qid":"2","set":"y","text":"tien luong la gi","gold":["a|1"]}"#
            .as_bytes(),
    )
    .unwrap();
    for strip in [false, true] {
        let mut run = Vec::new();
        let outcome = book.run(&questions, strip, &mut run).unwrap();
        assert_eq!(outcome.figures["all"].questions, 2);
        assert!(
            (outcome.figures["all"].mrr - 1.0).abs() < 1e-9,
            "{:?}",
            outcome.figures
        );
        assert!(
            String::from_utf8(run)
                .unwrap()
                .starts_with("1 Q0 a|2 1 1 pholuat\n")
        );
    }
}

#[test]
fn figures_are_those_of_the_books() {
    let found = ids(&["x", "a", "y", "b"]);
    let own = figures(&found, &ids(&["a", "b", "c"]));
    assert!((own.recall[0]).abs() < 1e-9 && (own.recall[1] - 2.0 / 3.0).abs() < 1e-9);
    assert!((own.mrr - 0.5).abs() < 1e-9);
    let gain = 1.0 / 3.0_f64.log2() + 1.0 / 5.0_f64.log2();
    let ideal = 1.0 + 1.0 / 3.0_f64.log2() + 0.5;
    assert!((own.ndcg - gain / ideal).abs() < 1e-9);
    assert_eq!(figures(&[], &ids(&["a"])).ndcg, 0.0);
}

#[test]
fn a_bad_line_is_named() {
    let error = questions("{\"qid\":1".as_bytes()).unwrap_err().to_string();
    assert!(error.contains("dòng 1"), "{error}");
}
