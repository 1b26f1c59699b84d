//! The page of an act is finished when the act is written.

mod amended;
mod served;

use acts::publish;
use amended::{base, put};
use db::sql;

#[tokio::test]
async fn the_page_of_an_act_is_kept_as_it_is_answered() {
    let served = served::empty("http://localhost").await;
    let site = served.kernel.site().clone();
    put(site.db(), &base(), "aa").await;
    let made = publish::finish(site.clone(), vec!["10-2019-nd-cp".to_owned()]).await;
    let mut tx = site.db().begin().await.expect("a transaction");
    made.keep(&mut tx, &site).await.expect("kept");
    let kept: i64 = sql("SELECT count(*) AS n FROM pages WHERE path = '/van-ban/10-2019-nd-cp'")
        .one(&mut tx)
        .await
        .expect("a count")
        .get("n")
        .expect("a number");
    tx.commit().await.expect("committed");
    assert_eq!(kept, 2, "brotli and gzip");
}
