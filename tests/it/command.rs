//! What only the program itself does: reports and measurements on standard output. In: arguments. Out: text and JSON.

use serde_json::Value;

use crate::site::{Ran, Site};

const NOW: &str = "2024-01-01T00:00:00Z";

fn newsroom() -> Site {
    Site::new()
        .content("topics/ports.md", "name: Ports", "")
        .article("2023/09/12/a.md", "title: One\ndate: 2023-09-12\ntopics: [ports]", "Text.\n")
        .article("2023/09/13/b.md", "title: Two\ndate: 2023-09-13\ntopics: [ports]", "Text.\n")
}

fn build(site: &Site, arguments: &[&str]) -> Ran {
    site.cli(&[&["build", "--now", NOW], arguments].concat())
}

/// The one JSON object on standard output.
#[track_caller]
fn report(ran: &Ran) -> Value {
    let mut lines = ran.stdout.lines();
    let line = lines.next().unwrap_or_else(|| panic!("no report; {}", ran.stderr));
    assert_eq!(lines.next(), None, "one object on one line");
    serde_json::from_str(line).unwrap()
}

#[test]
fn timings_are_a_table_with_a_line_for_each_phase() {
    let ran = build(&newsroom(), &["--timings"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names: Vec<_> = ran
        .stdout
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .skip_while(|name| *name != "phase")
        .collect();
    let expected =
        ["phase", "detect", "parse", "link", "plan", "render", "store", "total"].as_slice();
    assert_eq!(names, expected);
    let last = ran.stdout.lines().last().unwrap();
    let before = build(&newsroom(), &[]).stdout;
    assert!(!before.contains("detect"), "who does not ask is not told: {before}");
    assert!(last.ends_with(" s") || last.ends_with(" ms"), "{last}");
}

#[test]
fn timings_count_what_was_worked_on() {
    let site = newsroom();
    let report = report(&build(&site, &["--timings", "--format", "json"]));
    let phases = report["timings"]["phases"].as_array().unwrap();
    let of = |name: &str| phases.iter().find(|phase| phase["phase"] == name).unwrap();
    let sources = ["content/topics/ports.md", "content/articles/2023/09/12/a.md"];
    let n_bytes: u64 = std::iter::once("content/articles/2023/09/13/b.md")
        .chain(sources)
        .map(|path| std::fs::metadata(site.path(path)).unwrap().len())
        .sum();
    assert_eq!((&of("detect")["items"], &of("detect")["bytes"]), (&3.into(), &n_bytes.into()));
    let settings = std::fs::metadata(site.path("brief.yaml")).unwrap().len();
    let parsed = (&of("parse")["items"], &of("parse")["bytes"]);
    assert_eq!(parsed, (&4.into(), &(n_bytes + settings).into()));
    assert_eq!(of("link")["items"], 2);
    assert_eq!(of("plan")["items"], report["outputs"]);
    assert_eq!(of("render")["items"], report["outputs"]);
    assert_eq!(of("render")["bytes"], report["bytes"]);
    let spent: u64 = phases.iter().map(|phase| phase["micros"].as_u64().unwrap()).sum();
    assert!(spent <= report["timings"]["total_micros"].as_u64().unwrap(), "{report}");

    let again = self::report(&build(&site, &["--timings", "--format", "json"]));
    let phases = again["timings"]["phases"].as_array().unwrap();
    // Sources as young as the first build are looked at again; nothing is made of them.
    let render = phases.iter().find(|phase| phase["phase"] == "render");
    assert!(render.is_none_or(|it| it["items"] == 0 && it["bytes"] == 0), "{phases:?}");
}

#[test]
fn the_json_report_says_what_the_lines_for_people_say() {
    let site = newsroom().article("c.md", "title: Later\ndate: 2023-10-01\ndraft: true", "");
    let ran = build(&site, &["--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let first = report(&ran);
    assert_eq!(first["published"], true);
    assert_eq!((&first["articles"], &first["withheld"]), (&2.into(), &1.into()));
    assert_eq!(first["created"], first["outputs"]);
    assert!(first.get("timings").is_none() && first.get("files").is_none(), "{first}");

    let site = site.remove("content/articles/2023/09/13/b.md");
    let second = report(&build(&site, &["--format", "json", "--verbose"]));
    let removed = second["files"]["removed"].as_array().unwrap();
    assert!(removed.contains(&"2023/09/13/b.html".into()), "{second}");

    let site = site.article("d.md", "title: No\ndate: 2023-02-30", "");
    let ran = build(&site, &["--format", "json"]);
    assert_eq!(ran.code, 1);
    let third = report(&ran);
    assert_eq!((&third["published"], &third["errors"]), (&false.into(), &1.into()));
    let finding: Value = serde_json::from_str(ran.stderr.trim_end()).unwrap();
    assert_eq!(finding["code"], "bad-date", "standard error holds findings and nothing else");
}

#[test]
fn quiet_keeps_the_report_and_not_what_was_asked_for_by_name() {
    let site = newsroom();
    assert_eq!(build(&site, &["--quiet"]).stdout, "");
    assert_eq!(build(&site, &["--quiet", "--format", "json"]).stdout, "");
    let ran = build(&site, &["--quiet", "--timings"]);
    assert!(ran.stdout.starts_with("phase "), "{}", ran.stdout);
}

#[test]
fn what_is_no_terminal_sees_no_progress() {
    let ran = newsroom().cli_in(&["build", "--now", NOW], &[("TERM", "xterm")]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(!ran.stdout.contains(['\r', '\u{1b}']), "{:?}", ran.stdout);
}

#[test]
fn a_changed_path_that_is_none_of_the_sites_stops_the_program_and_is_named() {
    let site = newsroom().file("README.md", "about this site");
    let ran = build(&site, &["--changed", "content", "README.md", "--changed", "/etc/hosts"]);
    assert_eq!(ran.code, 2);
    for path in ["`README.md`", "`/etc/hosts`"] {
        assert!(ran.stderr.contains(path), "{}", ran.stderr);
    }
    assert!(!ran.stderr.contains("`content`") && !site.path("public").exists(), "{}", ran.stderr);
    let wanted = ["--changed", "content/articles/2023/09/12/a.md", "content/gone.md"];
    assert_eq!(build(&site, &wanted).code, 0);
    assert_eq!(build(&site, &["--changed", "content", "--cold"]).code, 2, "one or the other");
}
