//! T9: requests while everything changes, and memory after many edits. In: an editor who saves and saves, browsers that ask and ask.
//! Out: whole pages, old or new; memory that stays where it was.

use std::{
    fs,
    io::Write as _,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    thread,
    time::Duration,
};

use super::client::{Served, until};
use crate::site::Site;

/// An article that shows where it begins, where it ends, and which save it is of.
fn article(n: usize, n_lines: usize) -> String {
    let line = format!("Line of save{n}.\n\n");
    format!("---\ntitle: Save{n}\ndate: 2023-09-12\ntopics: [ports]\n---\n{}", line.repeat(n_lines))
}

/// The saves that a page is of; a whole page is of one.
fn saves(page: &str) -> Vec<usize> {
    let found = page.split("Line of save").skip(1);
    let numbers = found.filter_map(|it| it.split('.').next()?.parse().ok());
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.dedup();
    numbers
}

#[test]
fn a_request_while_all_changes_gets_a_whole_page() {
    ask_while_all_changes(&["--watch"]);
}

#[test]
fn the_same_is_so_where_the_system_tells_nothing() {
    ask_while_all_changes(&["--watch", "--poll", "50ms"]);
}

fn ask_while_all_changes(arguments: &[&str]) {
    const N_LINES: usize = 400;
    let site = Site::new()
        .content("topics/ports.md", "name: Ports", "")
        .file("content/articles/a.md", article(0, N_LINES))
        .file("static/brief.css", "x".repeat(100_000));
    let served = site.serve(arguments);
    let (is_over, n_asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for path in ["/2023/09/12/a.html", "/", "/topics/ports/", "/feed.xml", "/brief.css"] {
            let (served, is_over, n_asked) = (&served, &is_over, &n_asked);
            scope.spawn(move || {
                while !is_over.load(Relaxed) {
                    let answer = served.get(path);
                    assert_eq!(answer.status, 200, "{path}");
                    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
                    let page = answer.text();
                    match path {
                        "/2023/09/12/a.html" => {
                            let lines = page.matches("Line of save").count();
                            assert!(
                                saves(&page).len() == 1 && lines >= N_LINES,
                                "half a page: {:?} {lines}",
                                saves(&page)
                            );
                        }
                        "/brief.css" => {
                            let first = page.chars().next().unwrap();
                            assert!(page.len() == 100_000 && page.chars().all(|c| c == first));
                        }
                        _ => assert!(page.trim_end().ends_with('>'), "{path} is not whole"),
                    }
                    n_asked.fetch_add(1, Relaxed);
                }
            });
        }
        let path = site.path("content/articles/a.md");
        for n in 1..=30 {
            let text = article(n, N_LINES);
            if n % 3 == 0 {
                fs::write(path.with_extension("md.tmp"), &text).unwrap();
                fs::rename(path.with_extension("md.tmp"), &path).unwrap();
            } else {
                let (first, second) = text.split_at(text.len() / 2);
                let mut file = fs::File::create(&path).unwrap();
                file.write_all(first.as_bytes()).unwrap();
                thread::sleep(Duration::from_millis(15));
                file.write_all(second.as_bytes()).unwrap();
            }
            if n % 5 == 0 {
                let letter = char::from(b'a' + u8::try_from(n % 26).unwrap());
                site.write("static/brief.css", letter.to_string().repeat(100_000));
            }
            thread::sleep(Duration::from_millis(40 + 7 * (n as u64 % 9)));
        }
        let is_last = || saves(&served.page("/2023/09/12/a.html")) == [30];
        until(is_last, || format!("the last save is not shown:\n{}", served.said()));
        is_over.store(true, Relaxed);
    });
    println!("{} requests", n_asked.load(Relaxed));
    assert!(n_asked.load(Relaxed) > 50);
}

/// Resident memory of a process, in kilobytes.
fn resident(served: &Served) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", served.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn memory_is_where_it_was_after_many_edits() {
    if !fs::exists("/proc/self/status").unwrap() {
        println!("this system does not tell how much memory a process has");
        return;
    }
    let n_edits = std::env::var("BRIEF_EDITS_SERVED").ok().and_then(|it| it.parse().ok());
    let n_edits: usize = n_edits.unwrap_or(100);
    let site = (0..300).fold(Site::new(), |site, n| {
        site.article(
            &format!("n{n}.md"),
            &format!("title: N{n}\ndate: 2023-08-01\ntopics: [ports]"),
            "Text.\n",
        )
    });
    let site = site.content("topics/ports.md", "name: Ports", "");
    let served = site.watched();
    let events = served.events();
    let mut before = 0;
    for n in 1..=n_edits {
        site.write("content/articles/n7.md", article(n, 50));
        while events.next().name != "reload" {}
        for path in ["/2023/09/12/n7.html", "/", "/topics/ports/", "/feed.xml"] {
            assert!(served.page(path).contains(&format!("ave{n}")), "{path}");
        }
        if n == n_edits / 2 {
            before = resident(&served);
        }
    }
    let after = resident(&served);
    println!("{n_edits} edits: {before} kB after half of them, {after} kB at the end");
    assert!(after < before + 16 * 1024, "{before} kB became {after} kB");
}
