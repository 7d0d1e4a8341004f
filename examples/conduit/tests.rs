//! The example's own tests: the contract's forms, whose articles are whose, and what its declarations promise.

use std::error::Error;

use secure_api::{
    input::Secret,
    testing::{self, Check, Client, Reply, json},
};

use super::*;
use crate::{
    account::{Account, UserName},
    article::ArticleSlug,
    comment::CommentId,
    moment::Moment,
};

const PASSWORD: &str = "correct horse battery";

fn begun() -> Result<AppBuilder, StoreError> {
    Ok(app(Db::default(), TokenKey::generate()?))
}

fn conduit() -> Result<Client, Box<dyn Error>> {
    Ok(testing::client(begun()?)?)
}

/// Signs somebody up, and returns the header's text.
async fn signed_up(client: &Client, name: &str) -> String {
    let email = format!("{name}@conduit.example");
    let new = json!({ "user": { "username": name, "email": email, "password": PASSWORD } });
    let reply = client.post("/api/users").json(&new).await;
    format!("Token {}", reply.assert_status(200).text_at("/user/token"))
}

async fn written(client: &Client, who: &str, title: &str) -> Reply {
    let article = json!({ "title": title, "description": "How", "body": "So", "tagList": ["dragons", "animals"] });
    client
        .post("/api/articles")
        .header("authorization", who)
        .json(json!({ "article": article }))
        .await
}

// R113: a token is sent by the scheme that the contract names, and by no other.
#[tokio::test]
async fn a_token_is_sent_as_the_contract_says() -> Result<(), Box<dyn Error>> {
    let client = conduit()?;
    let alice = signed_up(&client, "alice").await;
    let user = client.get("/api/user").header("authorization", &alice).await;
    assert_eq!(user.assert_status(200).text_at("/user/username"), "alice");
    // It is shown its own token again, which nothing keeps.
    assert_eq!(format!("Token {}", user.text_at("/user/token")), alice);
    let as_bearer = alice.replace("Token", "Bearer");
    client.get("/api/user").header("authorization", as_bearer).await.assert_status(401);
    let nobody = client.get("/api/user").await;
    nobody.assert_status(401);
    assert!(nobody.header("www-authenticate").is_some_and(|asked| asked.starts_with("Token ")));
    client.get("/v1/user").header("authorization", &alice).await.assert_status(404);
    Ok(())
}

#[tokio::test]
async fn who_signs_in_learns_nothing_of_others() -> Result<(), Box<dyn Error>> {
    let client = conduit()?;
    signed_up(&client, "alice").await;
    let mut told = Vec::new();
    for (email, password) in
        [("alice@conduit.example", "incorrect horse battery"), ("nobody@conduit.example", PASSWORD)]
    {
        let sent = json!({ "user": { "email": email, "password": password } });
        let reply = client.post("/api/users/login").json(&sent).await;
        told.push(reply.assert_status(422).text_at("/type"));
    }
    assert_eq!(told[0], told[1]);
    let taken = json!({ "user": { "username": "Alice", "email": "b@conduit.example", "password": PASSWORD } });
    client.post("/api/users").json(&taken).await.assert_status(422);
    Ok(())
}

#[tokio::test]
async fn a_new_password_ends_all_other_sign_ins() -> Result<(), Box<dyn Error>> {
    let client = conduit()?;
    let first = signed_up(&client, "alice").await;
    let sent = json!({ "user": { "email": "alice@conduit.example", "password": PASSWORD } });
    let again = client.post("/api/users/login").json(&sent).await;
    let second = format!("Token {}", again.assert_status(200).text_at("/user/token"));
    let change = json!({ "user": { "password": "another horse battery", "bio": "writes" } });
    let changed = client.put("/api/user").header("authorization", &second).json(&change).await;
    assert_eq!(changed.assert_status(200).text_at("/user/bio"), "writes");
    client.get("/api/user").header("authorization", &first).await.assert_status(401);
    client.get("/api/user").header("authorization", &second).await.assert_status(200);
    Ok(())
}

// R54 in part: everybody reads an article, and nobody but its author changes or removes it.
#[tokio::test]
async fn an_article_is_its_authors() -> Result<(), Box<dyn Error>> {
    let client = conduit()?;
    let alice = signed_up(&client, "alice").await;
    let bob = signed_up(&client, "bob").await;
    let article = written(&client, &alice, "How to train your dragon").await;
    let slug = article.assert_status(201).text_at("/article/slug");
    assert!(slug.starts_with("how-to-train-your-dragon-"), "{slug}");
    let place = format!("/api/articles/{slug}");
    assert_eq!(article.header("location"), Some(&*place));
    // With milliseconds, also where there are none.
    let at = article.text_at("/article/createdAt");
    assert!(at.len() == 24 && at.as_bytes()[19] == b'.' && at.ends_with('Z'), "{at}");
    assert_eq!(article.json_pointer("/article/tagList"), json!(["animals", "dragons"]));

    let change = json!({ "article": { "body": "With two hands" } });
    client.put(&place).header("authorization", &bob).json(&change).await.assert_status(404);
    client.delete(&place).header("authorization", &bob).await.assert_status(404);
    client.put(&place).json(&change).await.assert_status(401);
    let changed = client.put(&place).header("authorization", &alice).json(&change).await;
    assert_eq!(changed.assert_status(200).text_at("/article/body"), "With two hands");
    assert_eq!(
        client.get(&place).await.assert_status(200).text_at("/article/body"),
        "With two hands"
    );

    let comments = format!("{place}/comments");
    let said = json!({ "comment": { "body": "Thank you so much!" } });
    let comment = client.post(&comments).header("authorization", &bob).json(&said).await;
    let id = comment.assert_status(200).json_pointer("/comment/id").to_string();
    let other = written(&client, &alice, "Another one").await.text_at("/article/slug");
    let one = format!("{comments}/{id}");
    client.delete(&one).header("authorization", &alice).await.assert_status(404);
    // Below an article that it is not on there is no such comment.
    let elsewhere = format!("/api/articles/{other}/comments/{id}");
    client.delete(&elsewhere).header("authorization", &bob).await.assert_status(404);
    assert_eq!(client.get(&comments).await.json_pointer("/comments/0/body"), "Thank you so much!");
    client.delete(&one).header("authorization", &bob).await.assert_status(204);
    client.delete(&place).header("authorization", &alice).await.assert_status(204);
    client.get(&place).await.assert_status(404);
    Ok(())
}

#[tokio::test]
async fn an_answer_says_what_it_is_to_its_caller() -> Result<(), Box<dyn Error>> {
    let client = conduit()?;
    let alice = signed_up(&client, "alice").await;
    let bob = signed_up(&client, "bob").await;
    for title in ["One", "Two", "Three"] {
        written(&client, &alice, title).await.assert_status(201);
    }
    let part = client.get("/api/articles?author=alice&limit=1&offset=1").await;
    assert_eq!(part.assert_status(200).json_pointer("/articlesCount"), 3);
    assert_eq!(part.json_pointer("/articles/0/title"), "Two");
    assert_eq!(part.json_pointer("/articles/0/favorited"), false);
    let slug = part.text_at("/articles/0/slug");
    for address in
        ["/api/articles?limit=101", "/api/articles?offset=100001", "/api/articles?page=2"]
    {
        client.get(address).await.assert_status(400);
    }
    let favorite = format!("/api/articles/{slug}/favorite");
    let favored = client.post(&favorite).header("authorization", &bob).await;
    assert_eq!(favored.assert_status(200).json_pointer("/article/favorited"), true);
    let of_bob = client.get("/api/articles?favorited=bob").header("authorization", &alice).await;
    assert_eq!(of_bob.json_pointer("/articles/0/favoritesCount"), 1);
    assert_eq!(of_bob.json_pointer("/articles/0/favorited"), false);
    assert_eq!(
        client.get("/api/articles?favorited=nobody").await.json_pointer("/articlesCount"),
        0
    );

    let feed = async || client.get("/api/articles/feed").header("authorization", &bob).await;
    assert_eq!(feed().await.assert_status(200).json_pointer("/articlesCount"), 0);
    let follow = "/api/profiles/alice/follow";
    for body in [None, Some(json!({ "user": { "email": "bob@conduit.example" } }))] {
        let followed = client.post(follow).header("authorization", &bob);
        let followed = body.into_iter().fold(followed, testing::Request::json).await;
        assert_eq!(followed.assert_status(200).json_pointer("/profile/following"), true);
    }
    assert_eq!(feed().await.json_pointer("/articlesCount"), 3);
    assert_eq!(client.get("/api/profiles/alice").await.json_pointer("/profile/following"), false);
    client.delete(follow).header("authorization", &bob).await.assert_status(200);
    assert_eq!(feed().await.json_pointer("/articlesCount"), 0);
    assert_eq!(client.get("/api/tags").await.json_pointer("/tags"), json!(["animals", "dragons"]));
    Ok(())
}

#[tokio::test]
async fn every_route_keeps_what_it_promises() -> Result<(), Box<dyn Error>> {
    let (db, key) = (Db::default(), TokenKey::generate()?);
    let hash = SignIn::new("conduit").hash_password(&Secret::new(PASSWORD.to_owned()))?;
    let mut written = Vec::new();
    for name in ["alice", "bob"] {
        let id = testing::caller_id(name);
        db.with(|state| {
            state.sign_up(account(&id, &hash)?).map_err(|_| StoreError::from("taken"))
        })??;
        written.push((name, article_of(&db, id.clone())?, id));
    }
    // Both comment on one article, which the path then names.
    let (_, commented, _) = &written[0];
    let commented = commented.clone();
    let app = app(db.clone(), key.clone()).tokens(testing::issuer());
    // Whoever is made up has an account, and comes by a token of the contract's kind.
    let kept = db.clone();
    let make = move |id: &CallerId, principal| {
        let account = account(id, &hash).expect("an account");
        let begin = |state: &mut store::State| {
            // It may be there already.
            let _ = state.sign_up(account.clone());
            state.begin(id, principal, 0, i64::MAX / 2)
        };
        key.token(db.with(begin).expect("a store"))
    };
    let new = json!({ "username": "new", "email": "new@conduit.example", "password": PASSWORD });
    let known = json!({ "email": "alice@conduit.example", "password": PASSWORD });
    let mut verify = testing::verify(app)
        .maker("Token", make)
        .body("sign_up", json!({ "user": new }))
        .body("sign_in", json!({ "user": known }))
        .parameter("username", "alice")
        .parameter("slug", commented.as_str());
    // No operation that asks whose they are reads them, so they are given.
    for (name, slug, id) in written {
        let comment = comment_of(&kept, commented.clone(), id)?;
        verify = verify.object("Article", name, slug.as_str()).object("Comment", name, comment);
    }
    let verified = verify.await;
    println!("{verified}");
    let checks = [Check::OwnKinds, Check::Kinds, Check::Objects, Check::Limits];
    for check in checks.into_iter().chain([Check::Roles, Check::Bounds, Check::Views]) {
        assert!(verified.kept(check) > 0, "{check} was not tried");
    }
    Ok(())
}

fn account(id: &CallerId, hash: &str) -> Result<Account, InvalidValue> {
    Ok(Account {
        id: id.clone(),
        username: UserName::new(id.subject().into_owned())?,
        email: format!("{}@conduit.example", id.subject()).parse()?,
        bio: None,
        image: None,
        password_hash: hash.to_owned(),
    })
}

fn article_of(db: &Db, author: CallerId) -> Result<ArticleSlug, Box<dyn Error>> {
    let (slug, at) = (ArticleSlug::of("A title")?, Moment::now(&Clock::system()));
    let text = || "so".to_owned();
    let draft = store::Draft {
        slug: slug.clone(),
        title: text(),
        description: text(),
        body: text(),
        tags: Vec::new(),
        created_at: at,
        updated_at: at,
        author,
    };
    db.with(|state| state.write(draft))?.map_err(|_| "no room")?;
    Ok(slug)
}

fn comment_of(db: &Db, article: ArticleSlug, author: CallerId) -> Result<u64, Box<dyn Error>> {
    let number = db.with(|state| state.next_comment())?.map_err(|_| "no room")?;
    let (id, at) = (CommentId::new(number)?, Moment::now(&Clock::system()));
    let remark = store::Remark { id, article, body: "so".to_owned(), at, author };
    db.with(|state| state.remark(number, remark))?;
    Ok(number)
}

#[test]
fn the_contract_is_kept() {
    let app = app(Db::default(), TokenKey::generate().expect("a key"));
    testing::contract_in(app, "examples/conduit");
}
