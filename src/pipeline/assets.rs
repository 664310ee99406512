//! Files that are published as they are: what to know of them before anything is planned. In: a site, its files and the
//! newsroom. Out: for each file its route, digest and, of an image, its size: [`media`], [`statics`].

use std::collections::BTreeMap;

use crate::{
    diag::{Diagnostic, Place},
    disk::Site,
    model::{
        Digest,
        config::Assets,
        newsroom::{Media, Newsroom, StaticFile},
        route::{self, Route},
        source::{SourceFile, SourceKind},
    },
    render::theme,
};

/// Looks at every file that published content refers to.
pub(super) fn media(
    site: &Site,
    newsroom: &Newsroom,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Media> {
    let mut media = BTreeMap::new();
    for (path, referred) in &newsroom.media {
        match site.read(path) {
            Ok(bytes) => {
                let looked_at = Media {
                    route: referred.route.clone(),
                    size: image_size(&bytes),
                    digest: Digest::of(&bytes),
                };
                media.insert(path.clone(), looked_at);
            }
            Err(error) => {
                diagnostics.push(Diagnostic::error(path, Place::FILE, "disk", error.to_string()));
            }
        }
    }
    media
}

/// The theme's static files with the site's own over them.
pub(super) fn statics(
    site: &Site,
    files: &[SourceFile],
    assets: Assets,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, StaticFile> {
    let mut statics = BTreeMap::new();
    for (path, bytes) in theme::built_in_static() {
        statics.insert((*path).to_owned(), static_file(path, None, bytes, assets));
    }
    for file in files.iter().filter(|file| file.kind == SourceKind::Static) {
        let path = file.path.strip_prefix("static/").unwrap_or(&file.path);
        match site.read(&file.path) {
            Ok(bytes) => {
                let source = Some(file.path.clone());
                statics.insert(path.to_owned(), static_file(path, source, &bytes, assets));
            }
            Err(error) => {
                diagnostics.push(Diagnostic::error(
                    &file.path,
                    Place::FILE,
                    "disk",
                    error.to_string(),
                ));
            }
        }
    }
    statics
}

fn static_file(path: &str, source: Option<String>, bytes: &[u8], assets: Assets) -> StaticFile {
    let digest = Digest::of(bytes);
    let route = match (assets, path.rsplit_once('.')) {
        (Assets::Fingerprint, Some((stem, extension))) if is_asset(path) => {
            Route::new(format!("/{stem}.{}.{extension}", &digest.to_string()[..12]))
        }
        _ => route::static_file(path),
    };
    StaticFile { route, source, size: image_size(bytes), digest }
}

/// Only what pages refer to gets a hash in its name; `favicon.ico` and the like are asked for by name.
fn is_asset(path: &str) -> bool {
    [".css", ".js", ".woff2"].iter().any(|extension| path.ends_with(extension))
}

/// Pixels of an image; SVG has its own.
fn image_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}
