//! The shapes of tokens that identity providers document, with the names of their examples replaced.

use super::*;

/// Returns an issuer whose keys are those of the tests, and a function that signs for it.
fn known(mut issuer: Issuer) -> Issuer {
    issuer.published = None;
    issuer.key(ec_public(&EC).id(KID))
}

/// Returns the identity in a token with this header, beside algorithm and key, and these claims.
fn read(issuer: Issuer, typ: Value, claims: &Value) -> Result<Arc<Identity>, Refusal> {
    let header = with(header(), "typ", typ);
    let timed = with(with(claims.clone(), "iat", json!(NOW)), "exp", json!(NOW + 300));
    let (verifier, _) = verifier(vec![known(issuer)]);
    present(&verifier, &sign(&header, &timed))
}

fn jwt() -> Value {
    json!("JWT")
}

// Keycloak, Server Administration Guide: roles of the realm and of clients; the header's typ is JWT, and the claim `typ` Bearer.
#[test]
fn keycloak_has_roles_of_the_realm_and_of_the_client() {
    let realm = "https://login.example/realms/shop";
    let issuer = || Issuer::keycloak(realm, "shop-api");
    let claims = json!({
        "iss": realm, "aud": ["shop-api", "account"], "sub": "f4b5", "typ": "Bearer", "azp": "web",
        "jti": "1", "sid": "2", "scope": "openid email profile", "email_verified": true,
        "realm_access": { "roles": ["offline_access", "customer"] },
        "resource_access": {
            "shop-api": { "roles": ["support"] }, "account": { "roles": ["admin"] },
        },
    });
    let identity = read(issuer(), jwt(), &claims).expect("it holds");
    assert_eq!((identity.roles(), identity.client_id()), (0b011, Some("web")));
    assert!(identity.has_scope("profile"));
    for (claim, value, refusal) in [
        ("typ", json!("ID"), Refusal::Demanded),
        ("typ", json!("Refresh"), Refusal::Demanded),
        ("typ", json!(null), Refusal::Demanded),
        ("aud", json!("account"), Refusal::Audience),
        ("aud", json!(null), Refusal::Audience),
        ("azp", json!(null), Refusal::ClientId),
        ("nonce", json!("n"), Refusal::OtherToken),
    ] {
        let claims = with(claims.clone(), claim, value);
        assert_eq!(read(issuer(), jwt(), &claims).expect_err(claim), refusal, "{claim}");
    }
    let odd = Issuer::keycloak(realm, "shop/api~1");
    assert_eq!(odd.shape.roles[1], "/resource_access/shop~1api~01/roles");
}

// Auth0, Access Token Profiles: the default one has the type JWT, `azp`, `gty` for some grants, and no `jti`; that of RFC 9068 has the
// type at+jwt, `client_id` and `jti`. `aud` is a list where `openid` was asked for. A program is called `…@clients`.
#[test]
fn auth0_has_permissions_in_both_profiles() {
    let issuer = || Issuer::auth0("shop.eu.auth0.com").audience("https://shop.example/api");
    let claims = json!({
        "iss": "https://shop.eu.auth0.com/", "sub": "auth0|123456", "azp": "web",
        "aud": ["https://shop.example/api", "https://shop.eu.auth0.com/userinfo"],
        "scope": "openid profile read:orders", "permissions": ["support"],
        "https://shop.example/roles": ["admin"],
    });
    let identity = read(issuer(), jwt(), &claims).expect("it holds");
    assert_eq!((identity.roles(), identity.client_id()), (0b010, Some("web")));
    let program = json!({
        "iss": "https://shop.eu.auth0.com/", "sub": "K1AUPhZq8@clients", "azp": "K1AUPhZq8",
        "aud": "https://shop.example/api", "gty": "client-credentials",
        "scope": "read:orders", "permissions": ["read:orders", "support"],
    });
    let identity = read(issuer(), jwt(), &program).expect("it holds");
    assert_eq!((identity.roles(), identity.subject()), (0b010, "K1AUPhZq8@clients"));
    let unlimited = with(program, "permissions", json!(null));
    assert_eq!(read(issuer(), jwt(), &unlimited).expect("it holds").roles(), 0, "without RBAC");
    let standard = with(with(claims.clone(), "azp", json!(null)), "client_id", json!("web"));
    let standard = with(standard, "jti", json!("73W"));
    let identity = read(issuer(), json!("at+jwt"), &standard).expect("it holds");
    assert_eq!((identity.client_id(), identity.token_id()), (Some("web"), Some("73W")));
    let named = issuer().roles_claim("https://shop.example/roles");
    assert_eq!(read(named, jwt(), &claims).expect("it holds").roles(), 0b100);
    let other = with(claims, "aud", json!("web"));
    assert_eq!(read(issuer(), jwt(), &other).expect_err("an ID token"), Refusal::Audience);
}

// Microsoft identity platform, Access token claims reference: typ is always JWT; `scp` is a text, `roles` a list, `azp` in v2.0.
#[test]
fn entra_has_app_roles_scopes_and_the_tenant() {
    let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    let issuer = || Issuer::entra(tenant).audience("6e74172b-be56-4843-9ff4-e66a39bb12e3");
    let claims = json!({
        "iss": format!("https://login.microsoftonline.com/{tenant}/v2.0"), "ver": "2.0",
        "aud": "6e74172b-be56-4843-9ff4-e66a39bb12e3", "azp": "web", "tid": tenant,
        "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ", "oid": "690222be", "uti": "u",
        "nbf": NOW, "scp": "access_as_user orders.read", "roles": ["customer"],
    });
    let identity = read(issuer(), jwt(), &claims).expect("it holds");
    assert_eq!((identity.roles(), identity.tenant()), (0b001, Some(tenant)));
    assert!(identity.has_scope("orders.read"));
    assert_eq!(identity.client_id(), Some("web"));
    for (claim, value) in [("ver", json!("1.0")), ("aud", json!("web")), ("nonce", json!("n"))] {
        assert!(read(issuer(), jwt(), &with(claims.clone(), claim, value)).is_err(), "{claim}");
    }
}

// Amazon Cognito, Understanding the access token: no typ in the header, and ids of keys that end with `=`; `client_id` in the place of
// `aud`, `token_use` access. A program that signs in by itself is its own `sub`, without groups and names.
#[test]
fn cognito_has_groups_and_a_list_of_clients() {
    let issuer = || Issuer::cognito("eu-central-1", "eu-central-1_shop");
    let ours = || issuer().clients(["web", "phone"]);
    let claims = json!({
        "iss": "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_shop",
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "device_key": "aaaaaaaa-bbbb",
        "cognito:groups": ["customer"], "client_id": "phone", "origin_jti": "o", "event_id": "e",
        "token_use": "access", "scope": "phone openid profile email", "auth_time": NOW,
        "jti": "j", "username": "my-test-user", "version": 2,
    });
    let none = || json!(null);
    assert_eq!(read(ours(), none(), &claims).expect("it holds").roles(), 0b001);
    for (claim, value, refusal) in [
        ("client_id", json!("other"), Refusal::Audience),
        ("client_id", json!(null), Refusal::ClientId),
        ("token_use", json!("id"), Refusal::Demanded),
        ("token_use", json!(null), Refusal::Demanded),
        // A token that says which API it is for is for that one.
        ("aud", json!("https://other.example"), Refusal::Audience),
    ] {
        let claims = with(claims.clone(), claim, value);
        assert_eq!(read(ours(), none(), &claims).expect_err(claim), refusal, "{claim}");
    }
    let program = json!({
        "iss": claims["iss"], "sub": "web", "client_id": "web", "token_use": "access",
        "scope": "shop-api/orders.read", "auth_time": NOW, "jti": "j", "version": 2,
    });
    let identity = read(ours(), none(), &program).expect("it holds");
    assert_eq!((identity.roles(), identity.subject()), (0, "web"));
    assert!(identity.has_scope("shop-api/orders.read"));
    assert!(crate::token::key::is_id("1234example="));
    let bound = with(claims.clone(), "aud", json!("shop-api"));
    let both = || ours().audience("shop-api");
    assert!(read(both(), none(), &bound).is_ok() && read(both(), none(), &claims).is_ok());
    // R10
    let report = Verifier::new(vec![known(issuer())], &ROLES, Clock::manual(NOW));
    assert_eq!(report.expect_err("nobody's").first().map(|problem| problem.code), Some("SA151"));
}

// Okta, OAuth 2.0 and OpenID Connect: `scp` is a list, `cid` the client; `groups` is a claim that the server is given.
#[test]
fn okta_has_groups_and_a_list_of_scopes() {
    let issuer = || Issuer::okta("shop.okta.com", "default").audience("api://default");
    let claims = json!({
        "ver": 1, "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
        "iss": "https://shop.okta.com/oauth2/default", "aud": "api://default", "cid": "nmd1",
        "uid": "00uk1", "scp": ["openid", "orders:read"], "sub": "alice", "groups": ["admin"],
    });
    let identity = read(issuer(), json!(null), &claims).expect("it holds");
    assert_eq!((identity.roles(), identity.client_id()), (0b100, Some("nmd1")));
    assert!(identity.has_scope("orders:read"));
    let scopes = |scp: Value| read(issuer(), json!(null), &with(claims.clone(), "scp", scp));
    assert_eq!(scopes(json!(["openid", 7])).expect_err("no text"), Refusal::Scope);
    assert_eq!(scopes(json!(["two words"])).expect_err("no scope"), Refusal::Scope);
}

// R12
#[test]
fn a_token_without_a_type_is_accepted_of_nobody_else() {
    let (typed, untyped) = (issuer(), issuer().untyped("this issuer writes no type"));
    for typ in [json!(null), json!("JWT"), json!("jwt")] {
        let refused = read_fixed(&typed, &typ).expect_err("no type");
        assert_eq!(refused, Refusal::Type);
        assert!(read_fixed(&untyped, &typ).is_ok());
    }
    for typ in [json!("logout+jwt"), json!("dpop+jwt"), json!("secevent+jwt"), json!(7)] {
        assert_eq!(read_fixed(&untyped, &typ).expect_err("another type"), Refusal::Type);
    }
    for claim in ["nonce", "at_hash", "c_hash", "s_hash", "events"] {
        let claims = with(claims(), claim, json!("x"));
        let (verifier, _) = verifier(vec![issuer().untyped("this issuer writes no type")]);
        let token = sign(&with(header(), "typ", jwt()), &claims);
        assert_eq!(present(&verifier, &token).expect_err(claim), Refusal::OtherToken);
    }
}

fn read_fixed(like: &Issuer, typ: &Value) -> Result<Arc<Identity>, Refusal> {
    let issuer = match like.shape.untyped {
        Some(reason) => issuer().untyped(reason),
        None => issuer(),
    };
    let (verifier, _) = verifier(vec![issuer]);
    present(&verifier, &sign(&with(header(), "typ", typ.clone()), &claims()))
}
