//! Arguments that are missing, wrong, named twice, or that contradict each other: each is told by its name, with what to write.

use std::{fs, process::Command};

use super::{clean::clean, run, shop, told, tool, traffic::log};
use crate::support::folder::Folder;

/// A program, its arguments, and what it says of them.
type Refused<'a> = (fn() -> Command, &'a [&'a str], &'a str);

#[test]
fn what_cannot_be_meant_is_refused_and_named() {
    let folder = Folder::made("arguments-");
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        file.display().to_string()
    };
    let document = &*file("openapi.json", &clean().to_string());
    let log = &*file("access.log", &log());
    let mistyped = &*document.replace("openapi", "opneapi");
    let nowhere = &*folder.path().join("nowhere").display().to_string();
    let twice = "`-` is named 2 times";
    let never = "`--fail-on` names `never`, and `shadow` besides";
    let none = "there is no request in 1 line of ";
    let refused: &[Refused<'_>] = &[
        // Standard input is there once.
        (tool, &["diff", "-", "-"], twice),
        (tool, &["inventory", "-", "--log", "-"], twice),
        (tool, &["inventory", document, "--against", "-", "--log", "-"], twice),
        (shop, &["inventory", "--log", "-", "--log", "-"], twice),
        (shop, &["inventory", "--against", "-", "--live", "-"], twice),
        // Of two that contradict each other none is left out in silence.
        (tool, &["inventory", document, "--log", log, "--fail-on", "never,shadow"], never),
        (shop, &["inventory", "--log", log, "--fail-on", "shadow", "--fail-on", "never"], never),
        (tool, &["lint", "--rules", document], "'--rules' cannot be used with '[FILE]'"),
        (
            shop,
            &["lint", "--rules", "--fail-on", "low"],
            "'--rules' cannot be used with '--fail-on",
        ),
        // A file that is another one, or none.
        (tool, &["lint", mistyped], "did you mean `"),
        (tool, &["inventory", document, "--log", mistyped], "did you mean `"),
        (shop, &["inventory", "--against", document, "--live", mistyped], "did you mean `"),
        (tool, &["lint", log], "is a log, and no OpenAPI document"),
        (tool, &["diff", document, log], "is a log, and no OpenAPI document"),
        (tool, &["lint", "-"], "standard input is no OpenAPI document"),
        (tool, &["inventory", document, "--log", document], none),
        (shop, &["limits", "--against", document, "--fail-on-refusal"], none),
        (shop, &["contract", "check", "--folder", nowhere], "there is no folder "),
        (shop, &["contract", "accept", "--folder", document], "there is no folder "),
        (shop, &["openapi", "--out", document], "name a folder"),
        // What is nothing, and what cannot be so long.
        (tool, &["explain", ""], "a value is required for '[CODE]'"),
        (tool, &["explain", "SSAA701"], "there is no code `SSAA701`"),
        (shop, &["token", "--role", "customer", "--subject", ""], "required for '--subject"),
        (shop, &["token", "--role", "customer", "--subject", "a", "--ttl", "0"], "from 1 to "),
        (
            shop,
            &["token", "--role", "customer", "--subject", "a", "--ttl", "1h"],
            "'1h' for '--ttl",
        ),
        (shop, &["token", "--role", "customer", "--subject", "a", "--scope", ""], "for '--scope"),
    ];
    for (program, arguments, wanted) in refused {
        for form in [&[][..], &["--json"]] {
            let (code, text, errors) = told(run(program(), &[arguments, form].concat(), ""));
            assert_eq!((code, &*text), (2, ""), "{arguments:?}: {errors}");
            assert!(errors.starts_with("error: "), "{arguments:?}: {errors}");
            assert!(errors.contains(wanted), "{wanted} of {arguments:?}: {errors}");
            assert!(!errors.contains('\u{1b}'), "no terminal, no colours: {errors}");
        }
    }
    // A quiet day is no mistake.
    assert_eq!(told(run(shop(), &["limits", "--against", "-"], "")).0, 0);
}
