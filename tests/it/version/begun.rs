//! Paths that begin with a version among others, and words that are reserved as a path has them: addresses that clients have.

use secure_api::{
    prelude::*,
    testing::{self, Client},
};

#[derive(Role, Debug)]
enum Role {
    Member,
}

#[derive(Version)]
#[version(paths = "as written", place = none, reason = "the tills have called these addresses for years")]
enum Version {
    V1,
}

#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(max_len = 20, unowned = "every till sells every part", reserved("Report.php"))]
struct Part(String);

#[derive(Resource)]
#[view(CountView, role = Role::Member, fields(count))]
struct Count {
    count: u32,
}

/// Counts what was sold.
#[get("/v2/parts/Report.php", version = Version::V1, role = Role::Member, view = CountView)]
async fn sold() -> Count {
    Count { count: 1 }
}

/// Counts a part.
#[get("/v2/parts/{part}", version = Version::V1, role = Role::Member, view = CountView)]
async fn counted(_part: Unowned<Part>) -> Count {
    Count { count: 2 }
}

/// Tells that it is there.
#[get("/ping", version = Version::V1, role = Role::Member, view = CountView)]
async fn ping() -> Count {
    Count { count: 3 }
}

/// Tills.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(sold, counted, ping))]
struct Tills;

#[tokio::test]
async fn a_path_may_begin_with_a_version_where_paths_are_as_written() {
    let client: Client = testing::client(Tills::app().tokens(testing::issuer())).expect("an app");
    let member = client.as_caller(Role::Member, "alice");
    for (path, count) in [("/v2/parts/Report.php", 1), ("/v2/parts/report.php", 2), ("/ping", 3)] {
        let answer = member.get(path).await;
        assert_eq!(answer.assert_status(200).text(), format!("{{\"count\":{count}}}"), "{path}");
    }
    assert!("Report.php".parse::<Part>().is_err() && "report.php".parse::<Part>().is_ok());
}
