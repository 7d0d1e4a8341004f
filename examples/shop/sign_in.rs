//! Signing in by a one-time code. What a stranger is told is the same whether there is such an account or not.

use axum::http::HeaderMap;
use secure_api::{
    prelude::*,
    route::Extractor,
    sign_in::{SignInError as NotIssued, Tokens},
};

use crate::{
    account::{Account, UserName},
    code,
    db::Db,
    error::SignInError,
    event::{self, Kind},
    limit::{ACCOUNT, SIGN_IN},
    mailer::{Language, Mailer},
    role::Role,
    token::{self, AccessToken, CLIENT, IssuedToken},
    version::Version,
};

/// A request for a code.
#[derive(Input)]
pub struct CodeRequest {
    /// The user name to sign in with.
    pub user_name: UserName,
}

/// A sign-in.
#[derive(Input)]
pub struct SignIn {
    /// The user name that a code was asked for.
    pub user_name: UserName,
    /// The code, six digits.
    #[input(pattern = "^[0-9]{6}$")]
    pub code: Secret<String>,
}

/// Mails a one-time code to the owner of a user name, if there is one.
///
/// The answer comes before anything is looked up, so neither what it says nor how long it takes tells whether
/// the user name exists. A code is good for five minutes; another one is not sent within a minute.
#[post("/otp", version = Version::V1.., public = "who asks for a code has no token yet", limit = SIGN_IN, credential,
       allow(extractor, reason = "the mail is in the language that the client asks for"))]
pub async fn request_code(
    db: Writer<Db>,
    clock: Clock,
    mailer: Service<Mailer>,
    Extractor(headers): Extractor<HeaderMap>,
    Json(body): Json<CodeRequest>,
) -> Accepted {
    let language = Language::wanted(&headers);
    tokio::spawn(async move {
        if let Err(error) = send_code(&db, &clock, &mailer, &body.user_name, language).await {
            tracing::error!(?error, "a one-time code could not be sent");
        }
    });
    Accepted
}

async fn send_code(
    db: &Writer<Db>,
    clock: &Clock,
    mailer: &Mailer,
    user_name: &UserName,
    language: Language,
) -> Result<(), StoreError> {
    let Some(account) = Account::named(&*db.to_reader(), user_name).await? else { return Ok(()) };
    let mut change = db.begin().await?;
    let code = code::issue(&mut change, clock, &account).await?;
    change.commit().await?;
    match code {
        Some(code) => Ok(mailer.send_code(&account, &code, language).await?),
        None => Ok(()),
    }
}

/// Gives tokens for a one-time code.
#[post("/otp/login", version = Version::V1.., public = "who signs in has no token yet", limit = SIGN_IN,
       credential, view = IssuedToken)]
pub async fn sign_in(
    db: Writer<Db>,
    clock: Clock,
    tokens: Tokens,
    Json(body): Json<SignIn>,
) -> Result<Performed<AccessToken>, SignInError> {
    let mut change = db.begin().await?;
    let account = code::redeem(&mut change, &clock, &body.user_name, &body.code).await?;
    let (actor, kind) = match &account {
        Some(account) => (Some(account.id.as_str()), Kind::SignedIn),
        None => (None, Kind::SignInRefused),
    };
    event::record(&mut change, &clock, actor, kind, "sign-in").await?;
    change.commit().await?;
    let account = account.ok_or(SignInError::WrongCode)?;
    Ok(Performed(tokens.issue(token::grant(&account)).await?.into()))
}

/// A refresh token.
#[derive(Input)]
pub struct Renewing {
    /// The refresh token that was issued last.
    #[input(max_len = 256)]
    pub refresh_token: Secret<String>,
}

/// Gives new tokens for a refresh token, which is used up by that. Used again, it ends the whole sign-in.
#[post("/tokens", version = Version::V1.., public = "whose access token has ended has no token", limit = SIGN_IN,
       credential, view = IssuedToken)]
pub async fn renew(
    db: Writer<Db>,
    tokens: Tokens,
    Json(body): Json<Renewing>,
) -> Result<Performed<AccessToken>, SignInError> {
    let renewal = tokens.presented(&body.refresh_token, CLIENT).await?;
    let owner = CallerId::new(tokens.issuer(), None, renewal.subject())
        .map_err(|_| NotIssued::Refused("the account has an id that none has"))?;
    // It may be gone, or have another role than at the sign-in.
    let account = Account::of(&*db.to_reader(), &owner).await?;
    let account = account.ok_or(NotIssued::Refused("the account is gone"))?;
    Ok(Performed(tokens.renew(renewal, token::grant(&account)).await?.into()))
}

/// Signs the caller out: all tokens of this sign-in are refused from now on.
#[delete("/session", version = Version::V1.., role = [Role::Customer, Role::Warehouse], limit = ACCOUNT)]
pub async fn sign_out(caller: Caller<Role>, tokens: Tokens) -> Result<NoContent, NotIssued> {
    tokens.sign_out(&caller).await?;
    Ok(NoContent)
}
