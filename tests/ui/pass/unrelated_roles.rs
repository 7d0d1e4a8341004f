//! Views by roles that do not include each other: whoever an arm above takes is none of those that the rest is for.

use secure_api::prelude::*;

#[derive(Role)]
enum Staff {
    Reader,
    Auditor,
}

#[derive(Version)]
enum Edition {
    V1,
}

#[derive(Resource)]
#[view(NewsCard, role = Staff::Reader, fields(title))]
#[view(NewsAudit, role = Staff::Auditor, fields(title, source))]
struct News {
    title: String,
    source: String,
}

/// Lists the news, for auditors with their sources.
#[get("/news", version = Edition::V1.., role = [Staff::Reader, Staff::Auditor],
      view(Staff::Auditor => NewsAudit, _ => NewsCard))]
async fn list_news() -> Page<News> {
    Page::new(Vec::new())
}

#[api(roles = Staff, versions = Edition, limit = Limit::per_principal(60).per_minute(), routes(list_news))]
struct Press;

#[test]
fn each_role_has_the_view_that_is_for_it() {
    let model = Press::API.model();
    let seen = model.operations[0].sees(&model);
    let seen: Vec<_> = seen.iter().map(|seen| (seen.caller, seen.view)).collect();
    assert_eq!(seen, [("reader", Some("NewsCard")), ("auditor", Some("NewsAudit"))]);
}
