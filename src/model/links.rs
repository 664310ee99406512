//! What a link inside a site leads to. In: the file it stands in and its destination as written. Out: [`Resolved`].
//!
//! One rule for `link`, which reports what leads nowhere, and `render`, which writes the URL:
//! [`Names::resolve`].

use std::collections::{BTreeMap, BTreeSet};

use super::{article::BodyLinkKind, newsroom::Target};
use crate::text::{fold, html::percent_decode};

/// Lookup tables from what editors write to what it means.
#[derive(Debug, Default)]
pub struct Names {
    /// Source path → target, for relative links.
    pub by_path: BTreeMap<String, Target>,
    /// [`fold::key`] of an id, or of `kind/id`, → the targets that bear it.
    pub by_id: BTreeMap<String, Vec<Target>>,
    /// [`fold::key`] of a name or alias → the topics, entities and stories that bear it.
    pub by_name: BTreeMap<String, Vec<Target>>,
    /// Source paths and folded ids of articles and pages that are not published now.
    pub unpublished: BTreeSet<String>,
    /// Paths of the files beside content.
    pub files: BTreeSet<String>,
}

/// What a destination leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A URL, an absolute path, an e-mail address, or a place on the same page: left as written.
    AsWritten,
    /// Something of the site, and the `#fragment` with its `#`, or nothing.
    Target(Target, String),
    /// A file beside content, by its source path.
    File(String),
    /// Content that is not published now.
    Unpublished,
    /// Several things that bear the name.
    Ambiguous(Vec<Target>),
    /// Nothing.
    Missing,
}

impl Names {
    /// What `dest` leads to when it stands in the file `source`.
    #[must_use]
    pub fn resolve(&self, source: &str, dest: &str, kind: BodyLinkKind) -> Resolved {
        if kind == BodyLinkKind::Wiki {
            return self.resolve_id(dest);
        }
        if dest.starts_with(['/', '#', '?']) || dest.is_empty() || has_scheme(dest) {
            return Resolved::AsWritten;
        }
        let (path, fragment) = dest.find('#').map_or((dest, ""), |at| dest.split_at(at));
        let decoded = percent_decode(path);
        let Some(path) = join(source, &decoded) else { return Resolved::Missing };
        self.resolve_path(path, fragment)
    }

    fn resolve_path(&self, path: String, fragment: &str) -> Resolved {
        if let Some(&target) = self.by_path.get(&path) {
            Resolved::Target(target, fragment.to_owned())
        } else if self.unpublished.contains(&path) {
            Resolved::Unpublished
        } else if self.files.contains(&path) {
            Resolved::File(path)
        } else {
            Resolved::Missing
        }
    }

    /// What an id or name of one kind leads to (`folder` is the kind's folder below `content/`), else what it leads
    /// to at all.
    #[must_use]
    pub fn resolve_in(&self, folder: &str, id: &str) -> Resolved {
        match self.resolve_id(&format!("{folder}/{id}")) {
            Resolved::Missing => self.resolve_id(id),
            resolved => resolved,
        }
    }

    /// What an id, `kind/id` or name leads to.
    #[must_use]
    pub fn resolve_id(&self, id: &str) -> Resolved {
        let (id, fragment) = id.find('#').map_or((id, ""), |at| id.split_at(at));
        let key = fold::key(id);
        let found =
            self.by_id.get(&key).or_else(|| self.by_name.get(&key)).map_or(&[][..], Vec::as_slice);
        match found {
            [] if self.unpublished.contains(&key) => Resolved::Unpublished,
            [] => Resolved::Missing,
            [target] => Resolved::Target(*target, fragment.to_owned()),
            several => Resolved::Ambiguous(several.to_vec()),
        }
    }
}

/// Whether a destination begins with a URL scheme (RFC 3986, section 3.1).
fn has_scheme(dest: &str) -> bool {
    dest.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The path that `relative` means in the folder of `source`; `None` if it leaves the site.
fn join(source: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
