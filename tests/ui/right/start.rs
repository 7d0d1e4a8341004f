//! The reports of starts that fail: the wrong programs are run, and so are the right ones.

use secure_api::error::StartError;

use super::{
    sa010, sa011, sa041, sa044, sa126, sa127, sa128, sa129, sa130, sa131, sa132, sa133, sa134,
    sa135, sa136, sa137, sa138, sa139, sa140, sa146, sa149, sa150, sa151, sa152, sa153, sa154,
    sa155, sa156, sa157, sa158, sa159, sa160, sa161, sa162, sa164, sa165, sa166, sa167, sa168,
    sa169, sa170, sa171, sa172, sa173, sa174, sa175, sa177, sa178, sa180, sa181, sa182, sa183,
    sa184, sa185, sa186, sa187, sa188, sa189, sa201, sa202, sa203, sa204, sa205, sa206, sa209,
    sa211, sa212, sa213, sa214, sa215, sa216, sa217, sa218, sa219, sa220, sa221, sa222, sa223,
    sa224, sa225, sa226, sa227, sa228, sa229, sa234, sa235, sa236, sa237, sa238, sa247, sa304,
    sa315, sa562, sa624, sa641, sa648, sa717, sa718, sa901, sa902, sa903, sa904, sa905, sa906,
};

/// Returns the report of a start that failed.
fn told<T: std::fmt::Debug>(start: Result<T, StartError>) -> String {
    // A port is whichever was free, and a page shows the program as the crate that it would be.
    let text = start.expect_err("it does not start").to_string().replace("ui::shop::", "shop::");
    let taken = "cannot serve on 127.0.0.1:";
    let Some((before, rest)) = text.split_once(taken) else { return text };
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    format!("{before}{taken}8080{rest}")
}

/// Returns `true` if it starts.
fn starts<T>(start: Result<T, StartError>) -> bool {
    start.map_err(|error| eprintln!("{error}")).is_ok()
}

fn wait<T>(start: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(start)
}

/// `BLESS=1` writes what is told.
#[test]
fn what_only_the_start_can_see_is_told_then() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("right");
    let programs = [
        ("sa010", told(sa010::wrong()), starts(sa010::right())),
        ("sa011", told(sa011::wrong()), starts(sa011::right())),
        ("sa041", told(sa041::wrong()), starts(sa041::right())),
        ("sa044", told(sa044::wrong()), starts(sa044::right())),
        ("sa126", told(sa126::wrong()), starts(sa126::right())),
        ("sa127", told(sa127::wrong()), starts(sa127::right())),
        ("sa128", told(sa128::wrong()), starts(sa128::right())),
        ("sa129", told(sa129::wrong()), starts(sa129::right())),
        ("sa130", told(sa130::wrong()), starts(sa130::right())),
        ("sa131", told(sa131::wrong()), starts(sa131::right())),
        ("sa132", told(sa132::wrong()), starts(sa132::right())),
        ("sa133", told(sa133::wrong()), starts(sa133::right())),
        ("sa134", told(sa134::wrong()), starts(sa134::right())),
        ("sa135", told(wait(sa135::wrong())), starts(wait(sa135::right()))),
        ("sa136", told(sa136::wrong()), starts(sa136::right())),
        ("sa137", told(sa137::wrong()), starts(sa137::right())),
        ("sa138", told(sa138::wrong()), starts(sa138::right())),
        ("sa139", told(sa139::wrong()), starts(sa139::right())),
        ("sa140", told(sa140::wrong()), starts(sa140::right())),
        ("sa146", told(sa146::wrong()), starts(sa146::right())),
        ("sa149", told(sa149::wrong()), starts(sa149::right())),
        ("sa150", told(sa150::wrong()), starts(sa150::right())),
        ("sa151", told(sa151::wrong()), starts(sa151::right())),
        ("sa152", told(sa152::wrong()), starts(sa152::right())),
        ("sa153", told(sa153::wrong()), starts(sa153::right())),
        ("sa154", told(sa154::wrong()), starts(sa154::right())),
        ("sa155", told(sa155::wrong()), starts(sa155::right())),
        ("sa156", told(sa156::wrong()), starts(sa156::right())),
        ("sa157", told(sa157::wrong()), starts(sa157::right())),
        ("sa158", told(sa158::wrong()), starts(sa158::right())),
        ("sa159", told(sa159::wrong()), starts(sa159::right())),
        ("sa160", told(wait(sa160::wrong())), starts(wait(sa160::right()))),
        ("sa161", told(sa161::wrong()), starts(sa161::right())),
        ("sa162", told(sa162::wrong()), starts(sa162::right())),
        ("sa164", told(sa164::wrong()), starts(sa164::right())),
        ("sa165", told(sa165::wrong()), starts(sa165::right())),
        ("sa166", told(sa166::wrong()), starts(sa166::right())),
        ("sa167", told(sa167::wrong()), starts(sa167::right())),
        ("sa168", told(sa168::wrong()), starts(sa168::right())),
        ("sa169", told(sa169::wrong()), starts(sa169::right())),
        ("sa170", told(sa170::wrong()), starts(sa170::right())),
        ("sa171", told(sa171::wrong()), starts(sa171::right())),
        ("sa172", told(sa172::wrong()), starts(sa172::right())),
        ("sa173", told(sa173::wrong()), starts(sa173::right())),
        ("sa174", told(sa174::wrong()), starts(sa174::right())),
        ("sa175", told(sa175::wrong()), starts(sa175::right())),
        ("sa177", told(sa177::wrong()), starts(sa177::right())),
        ("sa178", told(sa178::wrong()), starts(sa178::right())),
        ("sa180", told(sa180::wrong()), starts(sa180::right())),
        ("sa181", told(sa181::wrong()), starts(sa181::right())),
        ("sa182", told(sa182::wrong()), starts(sa182::right())),
        ("sa183", told(sa183::wrong()), starts(sa183::right())),
        ("sa184", told(sa184::wrong()), starts(sa184::right())),
        ("sa185", told(sa185::wrong()), starts(sa185::right())),
        ("sa186", told(sa186::wrong()), starts(sa186::right())),
        ("sa187", told(sa187::wrong()), starts(sa187::right())),
        ("sa188", told(sa188::wrong()), starts(sa188::right())),
        ("sa189", told(sa189::wrong()), starts(sa189::right())),
        ("sa201", told(wait(sa201::wrong())), starts(wait(sa201::right()))),
        ("sa202", told(wait(sa202::wrong())), starts(wait(sa202::right()))),
        ("sa203", told(wait(sa203::wrong())), starts(wait(sa203::right()))),
        ("sa204", told(sa204::wrong()), starts(sa204::right())),
        ("sa205", told(sa205::wrong()), starts(sa205::right())),
        ("sa206", told(sa206::wrong()), starts(sa206::right())),
        ("sa214", told(sa214::wrong()), starts(sa214::right())),
        ("sa215", told(sa215::wrong()), starts(sa215::right())),
        ("sa216", told(sa216::wrong()), starts(sa216::right())),
        ("sa217", told(sa217::wrong()), starts(sa217::right())),
        ("sa218", told(sa218::wrong()), starts(sa218::right())),
        ("sa219", told(sa219::wrong()), starts(sa219::right())),
        ("sa220", told(wait(sa220::wrong())), starts(wait(sa220::right()))),
        ("sa209", told(sa209::wrong()), starts(sa209::right())),
        ("sa211", told(sa211::wrong()), starts(sa211::right())),
        ("sa212", told(sa212::wrong()), starts(sa212::right())),
        ("sa213", told(sa213::wrong()), starts(sa213::right())),
        ("sa221", told(sa221::wrong()), starts(sa221::right())),
        ("sa222", told(sa222::wrong()), starts(sa222::right())),
        ("sa223", told(sa223::wrong()), starts(sa223::right())),
        ("sa224", told(sa224::wrong()), starts(sa224::right())),
        ("sa225", told(sa225::wrong()), starts(sa225::right())),
        ("sa226", told(sa226::wrong()), starts(sa226::right())),
        ("sa227", told(sa227::wrong()), starts(sa227::right())),
        ("sa228", told(sa228::wrong()), starts(sa228::right())),
        ("sa229", told(sa229::wrong()), starts(sa229::right())),
        ("sa234", told(sa234::wrong()), starts(sa234::right())),
        ("sa235", told(sa235::wrong()), starts(sa235::right())),
        ("sa236", told(sa236::wrong()), starts(sa236::right())),
        ("sa237", told(sa237::wrong()), starts(sa237::right())),
        ("sa238", told(sa238::wrong()), starts(sa238::right())),
        ("sa247", told(sa247::wrong()), starts(sa247::right())),
        ("sa304", told(wait(sa304::wrong())), starts(wait(sa304::right()))),
        ("sa315", told(sa315::wrong()), starts(sa315::right())),
        ("sa562", told(sa562::wrong()), starts(sa562::right())),
        ("sa624", told(sa624::wrong()), starts(sa624::right())),
        ("sa641", told(sa641::wrong()), starts(sa641::right())),
        ("sa648", told(sa648::wrong()), starts(sa648::right())),
        ("sa717", told(sa717::wrong()), starts(sa717::right())),
        ("sa718", told(sa718::wrong()), starts(sa718::right())),
        ("sa901", told(sa901::wrong()), starts(sa901::right())),
        ("sa902", told(sa902::wrong()), starts(sa902::right())),
        ("sa903", told(sa903::wrong()), starts(sa903::right())),
        ("sa904", told(sa904::wrong()), starts(sa904::right())),
        ("sa905", told(sa905::wrong()), starts(sa905::right())),
        ("sa906", told(sa906::wrong()), starts(sa906::right())),
    ];
    for (name, told, starts) in programs {
        assert!(starts, "the right program of {name} does not start");
        let told = told.replace(&format!("ui::right::{name}::"), "") + "\n";
        let file = folder.join(name).with_extension("stderr");
        if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
            std::fs::write(&file, &told).expect("written");
        }
        let expected = std::fs::read_to_string(&file).expect("an output beside the program");
        assert_eq!(told, expected, "{}", file.display());
    }
}
