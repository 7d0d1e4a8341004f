//! Every Rust sample of the README and the book, compiled and run as a doc test. Nothing else is here.

macro_rules! pages {
    ($($name:ident = $file:literal;)*) => {
        $(#[doc = include_str!($file)] mod $name {})*
    };
}

pages! {
    readme = "../README.md";
    introduction = "../book/src/introduction.md";
    quickstart = "../book/src/quickstart.md";
    migrate = "../book/src/migrate.md";
    import = "../book/src/import.md";
    practices = "../book/src/practices.md";
    answer = "../book/src/answer.md";
    token = "../book/src/token.md";
    identity = "../book/src/identity.md";
    credentials = "../book/src/credentials.md";
    providers = "../book/src/providers.md";
    attacks = "../book/src/attacks.md";
    api_key = "../book/src/api_key.md";
    dpop = "../book/src/dpop.md";
    client_certificate = "../book/src/client_certificate.md";
    session = "../book/src/session.md";
    ledger = "../book/src/ledger.md";
    role = "../book/src/role.md";
    object = "../book/src/object.md";
    database = "../book/src/database.md";
    serve = "../book/src/serve.md";
    deploy = "../book/src/deploy.md";
    config = "../book/src/config.md";
    proxies = "../book/src/proxies.md";
    limit = "../book/src/limit.md";
    behavior = "../book/src/behavior.md";
    scale = "../book/src/scale.md";
    flow = "../book/src/flow.md";
    error = "../book/src/error.md";
    input = "../book/src/input.md";
    version = "../book/src/version.md";
    docs = "../book/src/docs.md";
    inventory = "../book/src/inventory.md";
    client = "../book/src/client.md";
    contract = "../book/src/contract.md";
    cli = "../book/src/cli.md";
    view = "../book/src/view.md";
    verb = "../book/src/verb.md";
    observe = "../book/src/observe.md";
    metrics = "../book/src/metrics.md";
    manage = "../book/src/manage.md";
    console = "../book/src/console.md";
    module = "../book/src/module.md";
    testing = "../book/src/testing.md";
    verify = "../book/src/verify.md";
    glossary = "../book/src/glossary.md";
    defaults = "../book/src/defaults.md";
    keys = "../book/src/keys.md";
    sign_in = "../book/src/sign_in.md";
    logging = "../book/src/logging.md";
    errors = "../book/src/errors.md";
    coverage = "../book/src/coverage.md";
    standards = "../book/src/standards.md";
    comparison = "../book/src/comparison.md";
    design = "../book/src/design.md";
}
