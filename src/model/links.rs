//! What a link inside a site leads to. In: the file it stands in and its destination as written. Out: [`Resolved`].
//!
//! One rule for `link`, which reports what leads nowhere, and `render`, which writes the URL: [`Names::resolve`]. What a
//! link may lead to has a key ([`keys`]), so that texts that refer to something are found without reading them.

use super::{Digest, article::BodyLink, article::BodyLinkKind, newsroom::Target};
use crate::text::{fold, html::percent_decode};

/// The tables from what editors write to what it means.
pub trait Names {
    /// What a source file is published as.
    fn by_path(&self, path: &str) -> Option<Target>;
    /// What bears an id, or `kind/id`, given as its [`fold::key`].
    fn by_id(&self, key: &str) -> Vec<Target>;
    /// The topics, entities and stories that bear a name or alias, given as its [`fold::key`].
    fn by_name(&self, key: &str) -> Vec<Target>;
    /// Whether a source file, or an id given as its [`fold::key`], is of something that is not published now.
    fn is_unpublished(&self, path_or_key: &str) -> bool;
    /// Whether there is such a file beside content.
    fn is_file(&self, path: &str) -> bool;

    /// What `dest` leads to when it stands in the file `source`.
    #[must_use]
    fn resolve(&self, source: &str, dest: &str, kind: BodyLinkKind) -> Resolved {
        match reading(source, dest, kind) {
            Reading::AsWritten => Resolved::AsWritten,
            Reading::Nothing => Resolved::Missing,
            Reading::Id(id) => self.resolve_id(id),
            Reading::Path(path, fragment) => self.resolve_path(path, fragment),
        }
    }

    /// What a path from the site's root leads to.
    #[must_use]
    fn resolve_path(&self, path: String, fragment: &str) -> Resolved {
        if let Some(target) = self.by_path(&path) {
            Resolved::Target(target, fragment.to_owned())
        } else if self.is_unpublished(&path) {
            Resolved::Unpublished
        } else if self.is_file(&path) {
            Resolved::File(path)
        } else {
            Resolved::Missing
        }
    }

    /// What an id or name of one kind leads to (`folder` is the kind's folder below `content/`), else what it leads
    /// to at all.
    #[must_use]
    fn resolve_in(&self, folder: &str, id: &str) -> Resolved {
        match self.resolve_id(&format!("{folder}/{id}")) {
            Resolved::Missing => self.resolve_id(id),
            resolved => resolved,
        }
    }

    /// What an id, `kind/id` or name leads to.
    #[must_use]
    fn resolve_id(&self, id: &str) -> Resolved {
        let (id, fragment) = without_fragment(id);
        let key = fold::key(id);
        let mut found = self.by_id(&key);
        if found.is_empty() {
            found = self.by_name(&key);
        }
        match found.as_slice() {
            [] if self.is_unpublished(&key) => Resolved::Unpublished,
            [] => Resolved::Missing,
            [target] => Resolved::Target(*target, fragment.to_owned()),
            _ => Resolved::Ambiguous(found),
        }
    }
}

/// How a destination is to be read.
enum Reading<'d> {
    /// A URL, an absolute path, an e-mail address, or a place on the same page.
    AsWritten,
    /// A path that leaves the site.
    Nothing,
    /// An id or name.
    Id(&'d str),
    /// A path from the site's root, and the fragment with its `#`.
    Path(String, &'d str),
}

fn reading<'d>(source: &str, dest: &'d str, kind: BodyLinkKind) -> Reading<'d> {
    if kind == BodyLinkKind::Wiki {
        return Reading::Id(dest);
    }
    if dest.starts_with(['/', '#', '?']) || dest.is_empty() || has_scheme(dest) {
        return Reading::AsWritten;
    }
    let (path, fragment) = without_fragment(dest);
    join(source, &percent_decode(path)).map_or(Reading::Nothing, |it| Reading::Path(it, fragment))
}

fn without_fragment(dest: &str) -> (&str, &str) {
    dest.find('#').map_or((dest, ""), |at| dest.split_at(at))
}

/// The key of a source file: what links to it bear it too.
#[must_use]
pub fn path_key(path: &str) -> u64 {
    hash("path", path)
}

/// The key of an id or name, given as its [`fold::key`].
#[must_use]
pub fn id_key(folded: &str) -> u64 {
    hash("id", folded)
}

fn hash(space: &str, text: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(space.as_bytes()).update(&[0]).update(text.as_bytes());
    let Digest([a, b, c, d, e, f, g, h, ..]) = Digest::finish(&hasher);
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// The keys of all that a link may lead to, now or once there is such a thing.
pub fn keys(source: &str, link: &BodyLink) -> Vec<u64> {
    match reading(source, &link.dest.text, link.kind) {
        Reading::Id(id) => id_keys(id),
        Reading::Path(path, _) => vec![path_key(&path)],
        Reading::AsWritten => {
            let path = link.dest.text.split(['?', '#']).next().unwrap_or_default();
            path.strip_prefix('/').map(|path| path_key(&static_path(path))).into_iter().collect()
        }
        Reading::Nothing => Vec::new(),
    }
}

/// The path from the site's root of what stands at a relative path; `None` for anything else.
#[must_use]
pub fn beside(source: &str, dest: &str) -> Option<String> {
    match reading(source, dest, BodyLinkKind::Link) {
        Reading::Path(path, _) => Some(path),
        _ => None,
    }
}

/// The keys of what an id or name may mean: articles are known by theirs with and without `articles/`.
#[must_use]
pub fn id_keys(id: &str) -> Vec<u64> {
    let key = fold::key(without_fragment(id).0);
    let short = key.strip_prefix("articles/").map(id_key);
    [id_key(&key)].into_iter().chain(short).collect()
}

/// The source path that stands for the file of `static/` that is published at `path`, the built-in theme's as well.
#[must_use]
pub fn static_path(path: &str) -> String {
    format!("static/{}", percent_decode(path))
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
