//! OAI-PMH as harvesters use it.

mod served;

use axum::body::Body;
use http::{Request, StatusCode};
use served::{Served, python, while_served};

async fn ask(served: &Served, query: &str) -> String {
    let answer = served.get(&format!("/oai?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}");
    assert_eq!(answer.content_type, "text/xml; charset=utf-8");
    answer.body
}

#[tokio::test]
async fn errors_are_those_of_the_protocol() {
    let served = served::site("https://luat.example.vn", 0).await;
    for (query, code) in [
        ("", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        (
            "verb=ListRecords&metadataPrefix=marc21",
            "cannotDisseminateFormat",
        ),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&until=1990-01-01",
            "noRecordsMatch",
        ),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&set=kind-hien-phap",
            "noRecordsMatch",
        ),
        (
            "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:other:91-2015-qh13",
            "idDoesNotExist",
        ),
        (
            "verb=ListMetadataFormats&identifier=oai:luat.example.vn:x",
            "idDoesNotExist",
        ),
    ] {
        let body = ask(&served, query).await;
        assert!(
            body.contains(&format!("<error code=\"{code}\">")),
            "{query}: {body}"
        );
    }
    let body = ask(&served, "verb=Nonsense").await;
    assert!(
        body.contains("<request>https://luat.example.vn/oai</request>"),
        "arguments not repeated: {body}"
    );
}

#[tokio::test]
async fn get_and_post_answer_alike() {
    let served = served::site("https://luat.example.vn", 0).await;
    let form = "verb=GetRecord&metadataPrefix=akn&identifier=oai:luat.example.vn:91-2015-qh13";
    let request = Request::post("/oai").header("content-type", "application/x-www-form-urlencoded");
    let posted = served
        .ask(request.body(Body::from(form)).expect("a request"))
        .await;
    for body in [posted.body, ask(&served, form).await] {
        assert!(
            body.contains("<setSpec>kind-bo-luat</setSpec><setSpec>field-dan-su</setSpec>"),
            "{body}"
        );
        assert!(body.contains("<metadata><akomaNtoso xmlns="), "{body}");
        assert!(
            body.contains("<point eId=\"art_2__clause_1__point_dd\">"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn until_includes_its_own_second() {
    let served = served::site("https://luat.example.vn", 2).await;
    let head = ask(&served, "verb=ListIdentifiers&metadataPrefix=oai_dc").await;
    let stamp = head
        .split("<datestamp>")
        .last()
        .and_then(|rest| rest.get(..20))
        .expect("a datestamp");
    let same = format!("verb=ListIdentifiers&metadataPrefix=oai_dc&from={stamp}&until={stamp}");
    assert!(ask(&served, &same).await.contains("<header>"));
}

const HARVEST: &str = r#"
import sys
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch
client = Sickle(sys.argv[1] + "/oai")
identify = client.Identify()
assert identify.protocolVersion == "2.0" and identify.deletedRecord == "no", identify
assert {f.metadataPrefix for f in client.ListMetadataFormats()} == {"oai_dc", "akn"}
sets = {s.setSpec for s in client.ListSets()}
assert {"kind-bo-luat", "field-dat-dai"} <= sets, sets
for prefix in ("oai_dc", "akn"):
    records = list(client.ListRecords(metadataPrefix=prefix))
    names = [r.header.identifier for r in records]
    assert len(names) == len(set(names)) == 252, (prefix, len(names), len(set(names)))
    assert all(len(r.xml) == 2 for r in records)
    again = client.GetRecord(identifier=names[0], metadataPrefix=prefix)
    assert again.header.identifier == names[0]
heads = list(client.ListIdentifiers(metadataPrefix="oai_dc", set="kind-nghi-dinh"))
assert len(heads) == 250, len(heads)
try:
    list(client.ListRecords(metadataPrefix="oai_dc", until="1990-01-01"))
    raise SystemExit("no error")
except NoRecordsMatch:
    pass
client = Sickle(sys.argv[1] + "/oai", http_method="POST")
assert len(list(client.ListIdentifiers(metadataPrefix="oai_dc"))) == 252
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_client_harvests_everything() {
    let Some(python) = python("sickle", &["Sickle==0.7.0"]) else {
        return println!("skipped: the OAI-PMH client Sickle cannot be had");
    };
    let run = while_served(250, move |base| {
        std::process::Command::new(python)
            .args(["-c", HARVEST, &base])
            .output()
            .expect("Python runs")
    });
    let run = run.await;
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
