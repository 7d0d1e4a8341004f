//! The right program of each code, as the error book shows it: one file a code, compiled with this binary.
//!
//! What only the start can see has its wrong program here too, which is run; its output is beside it.

#![allow(clippy::todo, clippy::unused_async, dead_code, unreachable_pub, unused_imports)]

mod sa001;
mod sa002;
mod sa003;
mod sa005;
mod sa006;
mod sa007;
mod sa008;
mod sa009;
mod sa010;
mod sa011;
mod sa012;
mod sa013;
mod sa014;
mod sa015;
mod sa016;
mod sa017;
mod sa018;
mod sa019;
mod sa020;
mod sa021;
mod sa022;
mod sa023;
mod sa031;
mod sa032;
mod sa033;
mod sa034;
mod sa101;
mod sa102;
mod sa103;
mod sa104;
mod sa105;
mod sa106;
mod sa107;
mod sa108;
mod sa109;
mod sa110;
mod sa111;
mod sa112;
mod sa113;
mod sa114;
mod sa115;
mod sa116;
mod sa117;
mod sa118;
mod sa119;
mod sa120;
mod sa121;
mod sa122;
mod sa123;
mod sa124;
mod sa125;
mod sa145;
mod sa149;
mod sa150;
mod sa151;
mod sa152;
mod sa153;
mod sa154;
mod sa155;
mod sa156;
mod sa157;
mod sa158;
mod sa159;
mod sa160;
mod sa161;
mod sa162;
mod sa190;
mod sa191;
mod sa192;
mod sa193;
mod sa194;
mod sa195;
mod sa196;
mod sa200;
mod sa201;
mod sa202;
mod sa203;
mod sa204;
mod sa205;
mod sa206;
mod sa207;
mod sa208;
mod sa209;
mod sa210;
mod sa221;
mod sa222;
mod sa223;
mod sa224;
mod sa230;
mod sa231;
mod sa232;
mod sa233;
mod sa240;
mod sa241;
mod sa242;
mod sa243;
mod sa244;
mod sa245;
mod sa246;
mod sa302;
mod sa303;
mod sa304;
mod sa305;
mod sa306;
mod sa307;
mod sa308;
mod sa309;
mod sa310;
mod sa321;
mod sa322;
mod sa323;
mod sa324;
mod sa325;
mod sa326;
mod sa327;
mod sa328;
mod sa331;
mod sa401;
mod sa402;
mod sa403;
mod sa404;
mod sa405;
mod sa406;
mod sa407;
mod sa408;
mod sa409;
mod sa501;
mod sa502;
mod sa503;
mod sa504;
mod sa505;
mod sa506;
mod sa507;
mod sa508;
mod sa509;
mod sa510;
mod sa511;
mod sa512;
mod sa513;
mod sa514;
mod sa515;
mod sa516;
mod sa517;
mod sa518;
mod sa519;
mod sa520;
mod sa521;
mod sa522;
mod sa523;
mod sa524;
mod sa525;
mod sa526;
mod sa527;
mod sa528;
mod sa529;
mod sa530;
mod sa531;
mod sa560;
mod sa601;
mod sa602;
mod sa603;
mod sa604;
mod sa605;
mod sa606;
mod sa607;
mod sa608;
mod sa609;
mod sa610;
mod sa611;
mod sa612;
mod sa621;
mod sa622;
mod sa623;
mod sa624;
mod sa626;
mod sa627;
mod sa640;
mod sa641;
mod sa642;
mod sa643;
mod sa644;
mod sa645;
mod sa646;
mod sa647;
mod sa701;
mod sa702;
mod sa703;
mod sa705;
mod sa706;
mod sa707;
mod sa708;
mod sa709;
mod sa710;
mod sa711;
mod sa712;
mod sa713;
mod sa714;
mod sa715;
mod sa716;
mod sa717;
mod sa718;
mod sa719;
mod sa720;
mod sa721;
mod sa722;
mod sa723;
mod sa724;
mod sa725;
mod sa726;
mod sa727;
mod sa728;
mod sa729;
mod sa801;
mod sa802;
mod sa803;
mod sa804;
mod sa805;
mod sa807;

use secure_api::error::StartError;

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

/// A certificate with its key, as those that are read from files.
fn certificate(name: &str) -> rcgen::CertifiedKey<rcgen::KeyPair> {
    rcgen::generate_simple_self_signed(vec![name.to_owned()]).expect("a certificate")
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
        ("sa201", told(wait(sa201::wrong())), starts(wait(sa201::right()))),
        ("sa202", told(wait(sa202::wrong())), starts(wait(sa202::right()))),
        ("sa203", told(wait(sa203::wrong())), starts(wait(sa203::right()))),
        ("sa204", told(sa204::wrong()), starts(sa204::right())),
        ("sa205", told(sa205::wrong()), starts(sa205::right())),
        ("sa206", told(sa206::wrong()), starts(sa206::right())),
        ("sa209", told(sa209::wrong()), starts(sa209::right())),
        ("sa221", told(sa221::wrong()), starts(sa221::right())),
        ("sa222", told(sa222::wrong()), starts(sa222::right())),
        ("sa223", told(sa223::wrong()), starts(sa223::right())),
        ("sa224", told(sa224::wrong()), starts(sa224::right())),
        ("sa304", told(wait(sa304::wrong())), starts(wait(sa304::right()))),
        ("sa624", told(sa624::wrong()), starts(sa624::right())),
        ("sa641", told(sa641::wrong()), starts(sa641::right())),
        ("sa717", told(sa717::wrong()), starts(sa717::right())),
        ("sa718", told(sa718::wrong()), starts(sa718::right())),
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
