//! T11: the system's limits. In: a program that may watch next to nothing, or open next to no file. Out: the limit by its name, and the
//! site all the same.

use std::process::Command;

use super::client::{Served, until};
use crate::site::Site;

fn newsroom() -> Site {
    let site = Site::new().article("a.md", "title: One\ndate: 2023-09-12", "Text.\n");
    (0..40).fold(site, |site, n| {
        site.article(&format!("{n}/n{n}.md"), "title: N\ndate: 2023-08-01", "Text.\n")
    })
}

/// A shell that sets a limit, and then serves.
fn script(limit: &str) -> String {
    let binary = env!("CARGO_BIN_EXE_brief");
    format!("{limit}; exec {binary} serve --watch --port 0 --now 2024-01-01T00:00:00Z")
}

/// Serves a site under a limit of the system; `None` where that lets nobody set one.
fn with_limit(site: &Site, name: &str, n: u32) -> Option<Served> {
    // In a name space of its own a process may lower the limit for itself.
    let limit = format!("echo {n} > /proc/sys/user/{name}");
    let may = Command::new("unshare").args(["-Ur", "bash", "-c", &limit]).output();
    if !may.is_ok_and(|it| it.status.success()) {
        println!("this system lets nobody lower its limits; not tried");
        return None;
    }
    let mut command = Command::new("unshare");
    Some(Served::start(command.args(["-Ur", "bash", "-c", &script(&limit)]), &site.path("")))
}

/// It says what is wrong, and goes on to follow edits.
fn goes_on(site: &Site, served: &Served, limit: &str) {
    until(|| served.said().contains("folders are looked at every"), || served.said());
    until(|| served.said().contains(limit), || served.said());
    site.write("content/articles/7/n7.md", "---\ntitle: Seen\ndate: 2023-08-01\n---\nNew words.\n");
    let is_shown = || served.get("/2023/08/01/n7.html").text().contains("New words.");
    until(is_shown, || format!("an edit is not seen:\n{}", served.said()));
}

#[test]
fn without_a_watcher_left_it_looks_itself() {
    let site = newsroom();
    let Some(served) = with_limit(&site, "max_inotify_instances", 0) else { return };
    goes_on(&site, &served, "max_user_instances");
}

#[test]
fn with_next_to_no_file_to_open_it_looks_itself() {
    let site = newsroom();
    let script = script("ulimit -n 30");
    let served = Served::start(Command::new("bash").args(["-c", &script]), &site.path(""));
    goes_on(&site, &served, "ulimit -n");
}

#[test]
fn connections_that_say_nothing_leave_files_to_open() {
    let site = newsroom();
    let script = script("ulimit -n 256");
    let served = Served::start(Command::new("bash").args(["-c", &script]), &site.path(""));
    let events = served.events();
    let silent: Vec<_> = (0..300).filter_map(|_| served.connect().ok()).collect();
    site.write("content/articles/a.md", "---\ntitle: Two\ndate: 2023-09-12\n---\nText.\n");
    events.only("reload");
    drop(silent);
    assert!(served.page("/2023/09/12/a.html").contains("Two"));
    assert!(!served.said().contains("looked at every"), "{}", served.said());
}

#[test]
fn without_a_watch_left_it_looks_itself() {
    let site = newsroom();
    let Some(served) = with_limit(&site, "max_inotify_watches", 5) else { return };
    goes_on(&site, &served, "max_user_watches");
}

#[test]
fn a_watch_that_runs_out_later_is_told_as_well() {
    let site = newsroom();
    let Some(served) = with_limit(&site, "max_inotify_watches", 50) else { return };
    let events = served.events();
    site.write("content/articles/a.md", "---\ntitle: Two\ndate: 2023-09-12\n---\nText.\n");
    events.only("reload");
    assert!(!served.said().contains("looked at every"), "{}", served.said());
    for n in 0..20 {
        site.write(
            &format!("content/articles/more{n}/m{n}.md"),
            "---\ntitle: M\ndate: 2023-08-02\n---\n",
        );
    }
    goes_on(&site, &served, "max_user_watches");
    let is_shown = || served.get("/2023/08/02/m19.html").status == 200;
    until(is_shown, || format!("a folder is not seen:\n{}", served.said()));
}

#[test]
fn a_folder_that_cannot_be_written_is_served_from_memory() {
    let site = newsroom().file(".brief", "a file where the folder would be");
    let served = site.watched();
    let events = served.events();
    site.write("content/articles/a.md", "---\ntitle: Two\ndate: 2023-09-12\n---\nText.\n");
    events.only("reload");
    assert!(served.page("/").contains("Two"));
    site.write(
        "brief.yaml",
        std::fs::read_to_string(site.path("brief.yaml")).unwrap() + "per_page: 5\n",
    );
    events.only("reload");
}

#[test]
fn two_can_look_at_one_site() {
    let site = newsroom();
    let (one, two) = (site.watched(), site.watched());
    let (first, second) = (one.events(), two.events());
    site.write("content/articles/a.md", "---\ntitle: Two\ndate: 2023-09-12\n---\nText.\n");
    first.only("reload");
    second.only("reload");
    assert!(one.page("/").contains("Two") && two.page("/").contains("Two"));
}
