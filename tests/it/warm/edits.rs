//! What an editor may do between two builds, as values. In: an [`Edit`] and a [`World`]. Out: the world changed.
//! [`Edit::apply`] is the entry; an edit of what is not there does nothing, so any part of a sequence is a sequence.

use std::{fs, path::PathBuf};

use jiff::{Timestamp, ToSpan as _};

use super::world::{Document, SETTINGS, Source, World};

/// One thing done to a site.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// No change at all.
    Nothing,
    /// A later time, the same bytes.
    Touch {
        path: String,
    },
    /// Another file with the same bytes and the same time.
    PutAgain {
        path: String,
    },
    /// A key of front matter, or a setting; `None` takes it away.
    Set {
        path: String,
        key: String,
        value: Option<String>,
    },
    /// Other paragraphs.
    Body {
        path: String,
        paragraphs: Vec<String>,
    },
    /// A new document, or another one in the place of an old one.
    Add {
        path: String,
        document: Document,
    },
    Delete {
        path: String,
    },
    /// A file or a whole folder gets another path.
    Move {
        from: String,
        to: String,
    },
    /// Any text: a static file, UI texts, a document that is broken.
    Write {
        path: String,
        text: String,
    },
    /// Bytes that are no UTF-8.
    Garble {
        path: String,
    },
    Empty {
        path: String,
    },
    /// An image so many pixels wide.
    Image {
        path: String,
        width: u8,
    },
    /// A built-in template, or a part of our own, with a mark in it.
    Template {
        name: String,
        mark: u32,
    },
    Link {
        path: String,
        target: String,
    },
    /// Time passes, or a clock is set back.
    Wait {
        hours: i64,
    },
    /// `.brief/` is deleted.
    ForgetState,
    /// Everything back to what was last published.
    Undo,
}

/// Parts of templates that only the site has: one is included, one holds a component.
pub(super) const OWN_PARTS: [&str; 2] = ["parts/own.html", "parts/marks.html"];

impl Edit {
    /// Whether no output may change by it.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self, Self::Nothing | Self::Touch { .. } | Self::PutAgain { .. })
    }

    pub(super) fn apply(&self, world: &mut World) {
        match self {
            Self::Nothing => {}
            Self::Touch { path } => world.touch(path),
            Self::PutAgain { path } => world.put_again(path),
            Self::Set { path, key, value } => change(world, path, |document| {
                match value {
                    Some(value) => document.front.insert(key.clone(), value.clone()),
                    None => document.front.remove(key),
                };
            }),
            Self::Body { path, paragraphs } => {
                change(world, path, |document| document.body.clone_from(paragraphs));
            }
            Self::Add { path, document } => {
                put(world, path, Source::Document(document.clone()));
            }
            Self::Delete { path } if path != SETTINGS => drop(world.take(path)),
            Self::Delete { .. } => {}
            Self::Move { from, to } => world.rename(from, to),
            Self::Write { path, text } => put(world, path, Source::text(text)),
            Self::Garble { path } => {
                put(world, path, Source::Bytes(b"---\ntitle: \xE3\xE6\n---\n".into()))
            }
            Self::Empty { path } => put(world, path, Source::text("")),
            Self::Image { path, width } => put(world, path, Source::Bytes(png(*width))),
            Self::Template { name, mark } => {
                put(world, &format!("templates/{name}"), Source::text(&marked(name, *mark)));
            }
            Self::Link { path, target } => put(world, path, Source::Link(target.clone())),
            Self::Wait { hours } => world.now = later(world.now, *hours),
            Self::ForgetState => world.forget_state(),
            Self::Undo => world.undo(),
        }
    }
}

/// Writes a file unless a folder stands in its place, or a file in the place of its folder.
fn put(world: &mut World, path: &str, source: Source) {
    let is_file_above = |(at, _)| world.sources.contains_key(&path[..at]);
    let is_folder = world.sources.keys().any(|it| it.starts_with(&format!("{path}/")));
    if !is_folder && !path.match_indices('/').any(is_file_above) {
        world.put(path, source);
    }
}

fn change(world: &mut World, path: &str, change: impl FnOnce(&mut Document)) {
    if let Some(mut document) = world.document(path).cloned() {
        change(&mut document);
        world.put(path, Source::Document(document));
    }
}

fn later(now: Timestamp, hours: i64) -> Timestamp {
    now.checked_add(hours.hours()).unwrap()
}

/// Enough of an image for its size to be read: signature and header (PNG, 5.2 and 11.2.2).
fn png(width: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0".to_vec();
    bytes.extend([width, 0, 0, 0, 40, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// A template with a mark that shows on every page it makes; the one of pages uses both parts of our own.
fn marked(name: &str, mark: u32) -> String {
    if name == OWN_PARTS[0] {
        return format!("<p>{mark}</p>\n");
    }
    if name == OWN_PARTS[1] {
        return format!(
            "{{% component mark(n) %}}<i>{mark} {{{{ n }}}}</i>{{% endcomponent mark %}}\n"
        );
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("templates").join(name);
    let text = fs::read_to_string(path).unwrap();
    let block = "{% block main %}";
    let mark = match name {
        "page.html" => {
            format!("{{% include \"{}\" %}}{{{{ <mark n={{{mark}}} /> }}}}", OWN_PARTS[0])
        }
        _ => format!("<!-- {mark} -->"),
    };
    if text.contains("</body>") {
        text.replacen("</body>", &format!("{mark}</body>"), 1)
    } else if text.contains(block) {
        text.replacen(block, &format!("{block}{mark}"), 1)
    } else {
        format!("{text}{mark}")
    }
}
