//! `brief new`: makes a content file with its front matter filled in, and prints its path.

use std::io;

use jiff::tz::TimeZone;

use super::{
    Exit,
    args::{Args, EntityKind, New, NewKind},
    complain, now, print, site,
};
use crate::{
    disk::{SETTINGS, Site},
    parse,
    text::slug,
};

pub(super) fn run(args: &Args, new: &New) -> Exit {
    let Some(site) = site(args) else { return Exit::CouldNotRun };
    let Some(timezone) = timezone(args, &site) else { return Exit::Findings };
    let id = new.id.clone().unwrap_or_else(|| slug::slug(&new.title));
    if id.is_empty() || id.contains(['/', '\\']) || id.starts_with('.') {
        complain(args, &format!("«{}» gives no file name", new.title));
        eprintln!("  hint: give one with --id NAME");
        return Exit::CouldNotRun;
    }
    let time = now(new.now).to_zoned_datetime(timezone);
    let name = quoted(&new.title);
    let (path, text) = match new.kind {
        NewKind::Article => {
            let day = time.strftime("%Y/%m/%d");
            let date = time.strftime("%Y-%m-%dT%H:%M:%S%:z");
            let path = format!("content/articles/{day}/{id}.md");
            (
                path,
                format!(
                    "---\ntitle: {name}\ndate: {date}\ntopics: []\nsources: []\ndraft: true\n---\n\n"
                ),
            )
        }
        NewKind::Entity => {
            let kind = match new.kind_of {
                EntityKind::Person => "person",
                EntityKind::Organization => "organization",
                EntityKind::Place => "place",
                EntityKind::Event => "event",
                EntityKind::Work => "work",
            };
            let path = format!("content/entities/{id}.md");
            (path, format!("---\nname: {name}\nkind: {kind}\naliases: []\n---\n\n"))
        }
        NewKind::Topic => {
            (format!("content/topics/{id}.md"), format!("---\nname: {name}\n---\n\n"))
        }
        NewKind::Story => {
            let path = format!("content/stories/{id}.md");
            (path, format!("---\nname: {name}\nstatus: ongoing\nmilestones: []\n---\n\n"))
        }
    };
    match site.create(&path, &text) {
        Ok(()) => {
            println!("{path}");
            Exit::Fine
        }
        Err(error) if error.cause.kind() == io::ErrorKind::AlreadyExists => {
            complain(args, &format!("`{path}` is there already"));
            eprintln!("  hint: choose another name with --id NAME");
            Exit::CouldNotRun
        }
        Err(error) => {
            complain(args, &error.to_string());
            Exit::CouldNotRun
        }
    }
}

/// The newsroom's time zone, from its settings.
fn timezone(args: &Args, site: &Site) -> Option<TimeZone> {
    let bytes = site.read(SETTINGS).ok()?;
    let (config, diagnostics) = parse::config(SETTINGS, &String::from_utf8_lossy(&bytes));
    if config.is_none() {
        print(args, super::args::Format::Plain, &diagnostics);
    }
    config.map(|config| config.timezone)
}

/// A text as a double-quoted YAML scalar, so that no headline can break it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
