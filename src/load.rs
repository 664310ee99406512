//! Folders → sorted sources. In: a site's root. Out: every file that a build reads, each with what it is.
//!
//! [`sources`] is the entry; it opens no file.

use crate::{
    diag::{Diagnostic, Place},
    disk::{DiskError, Entry, Site},
    model::source::{SourceFile, SourceKind},
};

/// Every source file of a site, sorted by kind and path, and a warning for each that is left out.
///
/// # Errors
/// When a folder cannot be listed.
pub fn sources(site: &Site) -> Result<(Vec<SourceFile>, Vec<Diagnostic>), DiskError> {
    let mut files = Vec::new();
    let mut diagnostics = Vec::new();
    for folder in ["content", "templates", "static"] {
        let (entries, skipped) = site.list(folder)?;
        diagnostics.extend(skipped.into_iter().map(|skipped| {
            Diagnostic::warning(&skipped.path, Place::FILE, "skipped-file", skipped.reason)
                .hint("put a regular file in its place, or delete it")
        }));
        for Entry { path, len } in entries {
            match kind(&path) {
                Some(kind) => files.push(SourceFile { path, kind, len }),
                None => diagnostics.push(misplaced(&path)),
            }
        }
    }
    files.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
    Ok((files, diagnostics))
}

/// What a file is, by its folder; `None` for Markdown that stands in none of the folders of content.
fn kind(path: &str) -> Option<SourceKind> {
    let (top, below) = path.split_once('/')?;
    match top {
        "templates" => return Some(SourceKind::Template),
        "static" => return Some(SourceKind::Static),
        _ => {}
    }
    if !has_extension(path, "md") && !has_extension(path, "markdown") {
        return Some(SourceKind::ContentAsset);
    }
    match below.split_once('/')?.0 {
        "articles" => Some(SourceKind::Article),
        "topics" => Some(SourceKind::Topic),
        "entities" => Some(SourceKind::Entity),
        "stories" => Some(SourceKind::Story),
        "editions" => Some(SourceKind::Edition),
        "pages" => Some(SourceKind::Page),
        _ => None,
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, it)| it.eq_ignore_ascii_case(extension))
}

fn misplaced(path: &str) -> Diagnostic {
    Diagnostic::warning(
        path,
        Place::FILE,
        "misplaced-file",
        format!("`{path}` is in no folder that brief reads"),
    )
    .hint("move it to content/articles/, topics/, entities/, stories/, editions/ or pages/")
}
