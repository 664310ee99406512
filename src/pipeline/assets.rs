//! Files that are published as they are: what to know of them before anything is planned. In: a site and what changed. Out:
//! for each file its route, digest and, of an image, its size: [`media`] for one beside content, [`statics`] for all of
//! `static/`.

use std::collections::BTreeMap;

use super::scope::Faults;
use crate::{
    archive::Snapshot,
    diag::{Diagnostic, Place},
    disk::Site,
    load::Sources,
    model::{
        Digest,
        config::Assets,
        newsroom::{Media, StaticFile},
        route::{self, Route},
        source::SourceKind,
    },
    render::theme,
};

/// Looks at a file that published content refers to.
pub(super) fn media(site: &Site, path: &str) -> Result<Media, Diagnostic> {
    let bytes = site
        .read(path)
        .map_err(|error| Diagnostic::error(path, Place::FILE, "disk", error.to_string()))?;
    Ok(Media { route: route::media(path), size: image_size(&bytes), digest: Digest::of(&bytes) })
}

/// The theme's static files with the site's own over them; those that did not change are taken from the archive.
pub(super) fn statics(
    site: &Site,
    archive: Option<&Snapshot>,
    found: &Sources,
    assets: Assets,
    faults: &mut Faults,
) -> BTreeMap<String, StaticFile> {
    let name = |path: &str| path.strip_prefix("static/").unwrap_or(path).to_owned();
    let known = archive.and_then(|archive| archive.setting("statics"));
    let mut statics: BTreeMap<String, StaticFile> = known.unwrap_or_else(|| {
        let built_in = theme::built_in_static().iter();
        built_in
            .map(|(path, bytes)| ((*path).to_owned(), file(path, None, bytes, assets)))
            .collect()
    });
    for gone in found.removed.iter().filter(|file| file.kind == SourceKind::Static) {
        let path = name(&gone.path);
        statics.remove(&path);
        // What the site's own file stood over shows again.
        let built_in = theme::built_in(&path).map(|bytes| file(&path, None, bytes, assets));
        statics.extend(built_in.map(|file| (path, file)));
        faults.insert(gone.path.clone(), Vec::new());
    }
    for changed in found.changed.iter().filter(|file| file.kind == SourceKind::Static) {
        let path = name(&changed.path);
        match site.read(&changed.path) {
            Ok(bytes) => {
                let file = file(&path, Some(changed.path.clone()), &bytes, assets);
                statics.insert(path, file);
                faults.insert(changed.path.clone(), Vec::new());
            }
            Err(error) => {
                let fault =
                    Diagnostic::error(&changed.path, Place::FILE, "disk", error.to_string());
                faults.insert(changed.path.clone(), vec![fault]);
            }
        }
    }
    statics
}

fn file(path: &str, source: Option<String>, bytes: &[u8], assets: Assets) -> StaticFile {
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
