//! The example `cluster` as a process of its own: it shows what it says, and each line that it prints is answered as it says.

use std::{fs, process::Command, thread, time::Duration};

use crate::support::{
    example::{Example, paste, program},
    redis,
};

// R38 R54 R60 R62: two processes and a Redis that is killed in between.
#[test]
fn what_is_shown_holds() {
    if !redis::is_installed() {
        return;
    }
    let output = Command::new(program("cluster")).arg("show").output().expect("it runs");
    let [said, errors] =
        [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("text"));
    assert!(output.status.success(), "{said}{errors}");
    let held = said.lines().filter(|line| line.starts_with("held: ")).count();
    assert_eq!((held, said.lines().count(), &*errors), (6, 6, ""), "{said}");
}

#[test]
fn each_printed_line_is_answered_as_it_says() {
    if !redis::is_installed() {
        return;
    }
    let example = Example::start(&mut Command::new(program("cluster")));
    let (wanted, lines) = example.lines();
    assert_eq!(lines.len(), 12, "{:#?}", example.printed);
    let output = paste(&lines);
    let errors = String::from_utf8(output.stderr).expect("text");
    assert_eq!(errors.lines().collect::<Vec<_>>(), wanted, "{lines:#?}");
    let answers = String::from_utf8(output.stdout).expect("text");
    for said in ["r=11;", "r=10;", "idempotency-replayed: true"] {
        assert!(answers.to_lowercase().contains(said), "{said}: {answers}");
    }
}

/// Returns the numbers of the processes that are this program and were started by that process.
fn started(program: &str, by: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let stats = all.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok());
    let started = stats.filter_map(|stat| {
        let (number, rest) = stat.split_once(" (")?;
        let (name, rest) = rest.rsplit_once(") ")?;
        let parent = rest.split(' ').nth(1)?.parse::<u32>().ok()?;
        (name == program && parent == by).then(|| number.parse().ok()).flatten()
    });
    started.collect()
}

#[cfg(target_os = "linux")]
#[test]
fn one_that_is_killed_leaves_no_redis_behind() {
    if !redis::is_installed() {
        return;
    }
    let mut example = Example::start(&mut Command::new(program("cluster")));
    let redis = started("redis-server", example.id());
    assert_eq!(redis.len(), 1, "{redis:?}");
    example.kill();
    let process = format!("/proc/{}", redis[0]);
    for _ in 0..200 {
        if !fs::exists(&process).is_ok_and(|there| there) {
            return;
        }
        thread::sleep(Duration::from_millis(25));
    }
    panic!("the Redis is still there");
}

/// Runs it where no program is found.
#[test]
fn without_a_redis_it_says_how_to_get_one() {
    for arguments in [&[][..], &["show"]] {
        let output =
            Command::new(program("cluster")).args(arguments).env("PATH", "/nowhere").output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let errors = String::from_utf8(output.stderr).expect("text");
        assert!(errors.contains("apt install redis-server"), "{errors}");
    }
}
