//! A shop: customers order and pay, support looks on, the warehouse counts, admins see everything.
//!
//! Each noun has a file: an `order` is what it is and whose, `orders` is what can be done with it. This one
//! puts them together.
//!
//! Each option of serving is a variable of the environment as well; `--help` tells them all.
//!
//! | variable | what it sets |
//! |---|---|
//! | `SHOP_DATA` | the folder of keys and database, and of the certificate: `certificate.pem` and `certificate-key.pem` where it has them, else one for development, on loopback |
//! | `SHOP_CONFIG` | a file of settings in TOML, which counts more than these; variables of its names count more than it, as `SHOP_DEADLINE` |
//! | `SHOP_ADDR`, `SHOP_TLS` | the address, `127.0.0.1:8443`; `off` for plaintext, on loopback, or elsewhere to `SHOP_PROXIES` only |
//! | `SHOP_URL` | the URL that callers find the shop at, that of a loopback address unless it is set; documents and challenges name it |
//! | `SHOP_CONSOLE` | the address of the management listener, `127.0.0.1:9443`, or `off`; empty for a free port, as a second shop on the machine needs one; elsewhere than on loopback it asks for the token in `SHOP_CONSOLE_TOKEN` |
//! | `SHOP_PREVIEW` | `true` serves version 3 too |
//! | `SHOP_LIMIT_SCALE` | a factor of all limits, for load tests on loopback |
//! | `SHOP_IDLE_SECONDS` | the time that a connection may rest, for tests of many that do |
//! | `SHOP_ISSUER` | `https://…`, an issuer whose tokens are taken beside the shop's own: its keys are found by discovery |
//! | `SHOP_AUDIENCE`, `SHOP_ROLES_CLAIM` | of its tokens: the shop's name in `aud`, `shop-api`; the claim of the roles, `roles` |
//! | `SHOP_INTROSPECT` | `https://client:secret@host/path`, where to ask about tokens that are no JWT: of `SHOP_ISSUER`, or of `https://host` |
//! | `SHOP_CLIENT_AS_SUBJECT` | of such tokens that name no subject: why it is their client, or `off` to refuse them; by default some providers name none of a program |
//! | `SHOP_PROXIES` | `10.0.0.0/8,…`, the networks of the proxies before the shop: they tell the address of a client in `X-Forwarded-For`, and its certificate in `Client-Cert` |
//! | `SHOP_PARTNER` | `https://…`, a partner who is told of each order by a webhook, which is signed with the secret in `partner-secret` of the data folder |
//! | `SHOP_AUDIT` | a file of the audit stream |
//! | `SHOP_REDIS` | `redis://…`, a Redis as the ledger: shops with one `SHOP_DATA` and one Redis are one shop |
//! | `SHOP_REDIS_DEADLINE` | the milliseconds within which it answers, 50 by default |
//!
//! Plain `http` to an issuer is for loopback. A value that is wrong keeps the shop from starting, and all are told together.

pub mod account;
pub mod accounts;
pub mod api_key;
pub mod api_keys;
pub mod checkout;
pub mod code;
pub mod console;
#[cfg(test)]
mod contract;
pub mod db;
pub mod error;
pub mod event;
pub mod events;
pub mod file;
pub mod folder;
pub mod hints;
pub mod item;
pub mod limit;
pub mod mailer;
pub mod money;
pub mod options;
pub mod order;
pub mod orders;
pub mod partner;
pub mod payment;
pub mod payments;
pub mod pictures;
pub mod product;
pub mod products;
pub mod role;
pub mod sign_in;
pub mod standing;
pub mod status;
#[cfg(test)]
mod tests;
pub mod token;
pub mod trust;
pub mod user_name;
pub mod version;

use std::{
    io::{Write, stdout},
    process::ExitCode,
    time::Duration,
};

use axum::{extract::Request, routing::get};
use secure_api::{
    api_key::ApiKeys,
    app::AppBuilder,
    cli::TokenRequest,
    clock::Clock,
    ledger::Redis,
    observe::Audit,
    prelude::{Bearer, Docs, api},
    serve::{ServerSettings, shutdown_signal},
    token::Claims,
};
use tower_http::trace::TraceLayer;

use crate::{
    api_key::ApiKeyTable,
    folder::{Failure, Folder},
    hints::Hints,
    limit::BROWSE,
    options::{Options, Switch},
    partner::Partner,
    role::Role,
    version::Version,
};

/// A small shop: customers order and pay, support looks on, the warehouse says what is in stock, and admins see
/// everything.
///
/// Amounts are in euro cents. Times are in UTC.
#[api(
    roles = Role,
    versions = Version,
    limit = BROWSE,
    by = Bearer,
    routes(
        products::list_products,
        products::get_product,
        products::price_list,
        products::set_price,
        products::set_stock,
        pictures::get_picture,
        pictures::set_picture,
        orders::list_orders,
        orders::get_order,
        orders::get_order_status,
        orders::create_order,
        orders::change_order,
        orders::give_order,
        orders::withdraw_order,
        payments::checkout,
        payments::pay,
        payments::get_payment,
        payments::get_order_payment,
        accounts::find_accounts,
        accounts::get_me,
        accounts::get_account,
        accounts::get_user_name,
        accounts::set_user_name,
        accounts::get_contact,
        accounts::set_contact,
        accounts::change_contact,
        user_name::look_up_user_name,
        api_keys::make_api_key,
        api_keys::list_api_keys,
        api_keys::exchange_api_key,
        api_keys::end_api_key,
        sign_in::request_code,
        sign_in::sign_in,
        sign_in::renew,
        sign_in::sign_out,
        events::list_events,
        events::summarize_events,
        status::get_status,
    )
)]
pub struct Shop;

#[tokio::main]
async fn main() -> ExitCode {
    secure_api::cli(Shop::app)
        .options::<Options>()
        .called("cargo run --example shop --")
        .settings(settings)
        .serve(serve)
        .token(token)
        .token_in_release(
            "load tests are of a release build; whoever has the data folder can be anybody",
        )
        .run()
        .await
}

/// Returns the app with what makes nothing in the data folder.
fn settings(app: AppBuilder, options: &Options) -> AppBuilder {
    let Options { data, serving, .. } = options;
    let mut app = app
        .config(options.config())
        // One that is not there yet is made when the shop serves.
        .secret(Folder::secret_in(data))
        .docs(Docs::open("the shop is an example, and its documents are for its readers"))
        .limit_scale(serving.limit_scale);
    if let Some(file) = &serving.audit {
        app = app.audit(Audit::file(file));
    }
    if let Some(url) = serving.base_url() {
        app = app.base_url(url);
    }
    if serving.preview {
        app = app.preview(Version::V3);
    }
    if let Some(seconds) = serving.idle_seconds {
        let rest = Duration::from_secs(seconds.into());
        let usual = ServerSettings::default();
        app = app.server(ServerSettings { header_timeout: rest, idle_timeout: rest, ..usual });
    }
    app
}

/// Serves until the process is told to stop.
async fn serve(mut app: AppBuilder, Options { data, serving, .. }: Options) -> Result<(), Failure> {
    let folder = Folder::open(&data)?;
    secure_api::observe::init();
    let clock = Clock::system();
    let signer = folder.signer()?;
    let db = folder.db().await?;
    let keys = ApiKeys::new("shop", ApiKeyTable::of(&db));
    let partner = match &serving.partner {
        Some(url) => Some(Partner::at(url, folder.partner_secret()?, &db).await?),
        None => None,
    };
    app = app
        .standing(standing::of(&db))
        .store(db)
        .api_keys(keys)
        .service(folder.mailer()?)
        .service(folder.pictures()?)
        .clock(clock)
        .sign_in(token::sign_in(&signer));
    app = serving.console.add(app);
    let is_shared = serving.redis.is_some();
    app = app.secret(folder.secret());
    app = match serving.redis {
        Some(url) => {
            let redis = Redis::connect(url);
            app.inventory_shared().ledger(match serving.redis_deadline {
                Some(deadline) => redis.deadline(Duration::from_millis(deadline)),
                None => redis,
            })
        }
        None => app.inventory_file(folder.path().join("inventory.json")),
    };
    if serving.tls == Switch::On {
        app = app.tls(folder.tls());
    }

    // What comes out is an axum router. A plain route stands beside those of the API, and nothing of what holds
    // for those holds for it; a plain layer goes around them all.
    let app = serving.trust.build(app)?.map_router(|router| {
        // A query may hold what no log should: only the path is told.
        let trace = TraceLayer::new_for_http().make_span_with(|request: &Request| {
            tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
        });
        router.route("/healthz", get(async || "ok\n")).layer(trace)
    });
    let bound = app.bind(serving.addr).await?;
    // Nobody has to read this, so it may fail.
    let _ = writeln!(stdout(), "{}", Hints::new(&bound, serving.tls, &folder, is_shared)?);
    // What it was not told of when the shop ends, it is told of when the shop begins again.
    if let Some(partner) = partner {
        tokio::spawn(partner.tell());
    }
    bound.run(shutdown_signal()).await;
    Ok(())
}

/// Signs an access token for whomever the arguments name: whoever has the data folder can be anybody.
fn token(request: TokenRequest, options: Options) -> Result<String, Failure> {
    let clock = Clock::system();
    let claims = Claims::new(token::ISSUER, token::AUDIENCE, request.subject)
        .client_id(token::DEVELOPMENT)
        .authenticated_at(clock.unix_seconds())
        .acr(token::BY_CODE)
        .amr([token::ONE_TIME_CODE])
        .roles(request.roles)
        .scopes(request.scopes)
        .lifetime(request.lifetime);
    Ok(Folder::open(&options.data)?.signer()?.sign(&claims, &clock)?)
}
