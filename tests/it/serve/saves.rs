//! T7 and T10: every way in which editors and tools save. In: the same save, seen by the system's word and by looking. Out: the new
//! page, one reload for each save and after it is complete, none where nothing changed.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::client::{Events, SILENCE, Served, until};
use crate::site::Site;

/// An article with one telling word, and enough around it that a half of it can be told.
fn article(word: &str) -> String {
    let filler = "It goes on for a while.\n\n".repeat(40);
    format!(
        "---\ntitle: \"Saved {word}\"\ndate: 2023-09-12\n---\nBegin {word}.\n\n{filler}End {word}.\n"
    )
}

/// A site in which all kinds of saves are tried.
fn newsroom() -> Site {
    let mut site = Site::new()
        .file("content/articles/desk/a.md", article("zero"))
        .file("pool/one.md", article("one").replace("2023-09-12", "2023-09-13"))
        .file("pool/two.md", article("two").replace("2023-09-12", "2023-09-13"));
    for n in 0..500 {
        let text = format!("---\ntitle: Number {n}\ndate: 2023-08-01\n---\nOld text {n}.\n");
        site = site.file(&format!("content/articles/many/n{n}.md"), text);
    }
    std::os::unix::fs::symlink("../../pool/one.md", site.path("content/articles/link.md")).unwrap();
    site
}

/// A way to save: its name, and what it does to a file.
type Save = (&'static str, fn(&Path, &str));

const SAVES: [Save; 7] = [
    ("in place", |path, text| fs::write(path, text).unwrap()),
    ("in two parts", |path, text| {
        let (first, second) = text.split_at(text.len() / 2);
        let mut file = fs::File::create(path).unwrap();
        file.write_all(first.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(50));
        file.write_all(second.as_bytes()).unwrap();
    }),
    ("in two parts, opened twice", |path, text| {
        let (first, second) = text.split_at(text.len() / 2);
        fs::write(path, first).unwrap();
        thread::sleep(Duration::from_millis(50));
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(second.as_bytes()).unwrap();
    }),
    ("another file renamed over", |path, text| {
        let temporary = path.with_extension("md.tmp");
        fs::write(&temporary, text).unwrap();
        fs::rename(&temporary, path).unwrap();
    }),
    ("as Vim does", |path, text| {
        let backup = PathBuf::from(format!("{}~", path.display()));
        fs::write(path.with_file_name("4913"), "").unwrap();
        fs::remove_file(path.with_file_name("4913")).unwrap();
        fs::rename(path, &backup).unwrap();
        let mut file = fs::File::create_new(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        drop(file);
        fs::remove_file(&backup).unwrap();
    }),
    ("deleted and made anew", |path, text| {
        fs::remove_file(path).unwrap();
        thread::sleep(Duration::from_millis(20));
        fs::write(path, text).unwrap();
    }),
    ("a word at a time", |path, text| {
        for end in [text.len() / 3, text.len() / 2, text.len()] {
            fs::write(path, &text[..end]).unwrap();
            thread::sleep(Duration::from_millis(5));
        }
    }),
];

/// Waits for what a save brings; what is told must come once, and be true when it comes.
fn expect(served: &Served, events: &Events, save: &str, (path, wanted): (&str, &[&str])) {
    let told = events.next();
    assert_eq!(told.name, "reload", "{save}: {}", told.said);
    let page = served.page(path);
    for word in wanted {
        assert!(page.contains(word), "{save}: a reload came before «{word}»\n{}", served.said());
    }
    events.are_silent();
}

#[test]
fn every_way_of_saving_is_seen_once_by_the_systems_word() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    let file = site.path("content/articles/desk/a.md");
    for (n, (name, save)) in SAVES.iter().enumerate() {
        let word = format!("word{n}");
        save(&file, &article(&word));
        let wanted = [format!("Begin {word}."), format!("End {word}."), format!("Saved {word}")];
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        expect(&served, &events, name, ("/2023/09/12/a.html", &wanted));
    }

    let touched = fs::File::options().append(true).open(&file).unwrap();
    touched.set_modified(std::time::SystemTime::now()).unwrap();
    drop(touched);
    events.are_silent();
    let text = fs::read(&file).unwrap();
    fs::write(&file, text).unwrap();
    events.are_silent();

    let temporary = site.path("content/articles/.swap");
    std::os::unix::fs::symlink("../../pool/two.md", &temporary).unwrap();
    fs::rename(&temporary, site.path("content/articles/link.md")).unwrap();
    expect(&served, &events, "a link swapped", ("/2023/09/13/link.html", &["End two."]));

    fs::rename(site.path("content/articles/desk"), site.path("content/articles/table")).unwrap();
    expect(&served, &events, "a folder renamed", ("/2023/09/12/a.html", &["Saved word6"]));
    site.write("content/articles/table/a.md", article("moved"));
    expect(&served, &events, "in a renamed folder", ("/2023/09/12/a.html", &["End moved."]));

    for n in 0..500 {
        let text = format!("---\ntitle: Number {n}\ndate: 2023-08-01\n---\nNew text {n}.\n");
        site.write(&format!("content/articles/many/n{n}.md"), text);
    }
    expect(&served, &events, "a checkout", ("/2023/08/01/n499.html", &["New text 499."]));
    for n in [0, 1, 137, 250] {
        assert!(served.page(&format!("/2023/08/01/n{n}.html")).contains(&format!("New text {n}.")));
    }
}

#[test]
fn every_way_of_saving_is_seen_by_looking() {
    let site = newsroom();
    let served = site.serve(&["--watch", "--poll", "200ms"]);
    let events = served.events();
    let file = site.path("content/articles/desk/a.md");
    let shows = |path: &str, wanted: &str, save: &str| {
        let is_shown = || served.get(path).text().contains(wanted);
        until(is_shown, || format!("{save} is not seen:\n{}", served.said()));
    };
    for (n, (name, save)) in SAVES.iter().enumerate() {
        save(&file, &article(&format!("word{n}")));
        shows("/2023/09/12/a.html", &format!("End word{n}."), name);
    }
    let temporary = site.path("content/articles/.swap");
    std::os::unix::fs::symlink("../../pool/two.md", &temporary).unwrap();
    fs::rename(&temporary, site.path("content/articles/link.md")).unwrap();
    shows("/2023/09/13/link.html", "End two.", "a link swapped");
    fs::rename(site.path("content/articles/desk"), site.path("content/articles/table")).unwrap();
    site.write("content/articles/table/a.md", article("moved"));
    shows("/2023/09/12/a.html", "End moved.", "a folder renamed");
    for n in 0..500 {
        let text = format!("---\ntitle: Number {n}\ndate: 2023-08-01\n---\nNew text {n}.\n");
        site.write(&format!("content/articles/many/n{n}.md"), text);
    }
    shows("/2023/08/01/n499.html", "New text 499.", "a checkout");
    shows("/2023/08/01/n0.html", "New text 0.", "a checkout");
    fs::remove_file(site.path("content/articles/many/n7.md")).unwrap();
    let is_gone = || served.get("/2023/08/01/n7.html").status == 404;
    until(is_gone, || "a deletion is not seen".to_owned());

    // What the last look told is told; touching a file tells nothing.
    thread::sleep(SILENCE);
    while events.try_next().is_some() {}
    let touched =
        fs::File::options().append(true).open(site.path("content/articles/table/a.md")).unwrap();
    touched.set_modified(std::time::SystemTime::now()).unwrap();
    drop(touched);
    thread::sleep(SILENCE);
    events.are_silent();
}

#[test]
fn other_peoples_files_are_none_of_ours() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    site.write("content/.git/index", "x");
    site.write("content/articles/desk/.a.md.swp", "x");
    site.write("content/articles/desk/a.md~", article("backup"));
    site.write("content/articles/desk/4913", "");
    site.write("public/index.html", "x");
    site.write("notes.txt", "x");
    site.write("node_modules/x/y.js", "x");
    events.are_silent();
    assert!(site.cli(&["build", "--out", "dist", "--now", super::client::NOW]).code == 0);
    events.are_silent();
    site.write("content/articles/desk/a.md", article("ours"));
    events.only("reload");
    let built = fs::read_to_string(site.path("dist/2023/09/12/a.html")).unwrap();
    assert!(built.contains("zero") && !built.contains(".brief/"), "a build has nothing of it");
}
