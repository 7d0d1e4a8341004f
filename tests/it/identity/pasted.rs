//! The example `identity` as a process of its own: each line that it prints is pasted, and answered as it says.

use std::process::Command;

use crate::support::{
    Folder,
    example::{Example, paste, program},
};

// R1, R18, R25, R26, R27, R47, R113: whoever pastes what is printed sees each kind of credentials admitted, and refused.
#[test]
fn each_printed_line_is_answered_as_it_says() {
    let data = Folder::new("identity it's ");
    let example = Example::start(
        Command::new(program("identity"))
            .env("IDENTITY_DATA", data.path())
            .env("IDENTITY_ADDR", "127.0.0.1:0")
            .env("IDENTITY_ISSUER_ADDR", "127.0.0.1:0"),
    );
    let (wanted, lines) = example.lines();
    assert_eq!(lines.len(), 16, "{:#?}", example.printed);
    let output = paste(&lines);
    let errors = String::from_utf8(output.stderr).expect("text");
    assert_eq!(errors.lines().collect::<Vec<_>>(), wanted, "{lines:#?}");
    let answers = String::from_utf8(output.stdout).expect("text");
    for (kind, times) in [("Bearer", 2), ("ApiKey", 1), ("Session", 1)] {
        let kind = format!("\"kind\":\"{kind}\"");
        assert_eq!(answers.matches(&kind).count(), times, "{kind}: {answers}");
    }
}
