//! What every page depends on, whatever it shows. In: the settings, the theme, the registry, static files. Out: a [`Basis`],
//! input by input. [`basis`] is the entry.

use std::collections::BTreeMap;

use crate::{
    archive::Registry,
    disk,
    model::{Digest, config::Config, hash::Hash, newsroom::StaticFile},
    plan::inputs::{Basis, Input, What},
    render::theme::Theme,
};

/// What the pages of a site have in common: brief itself, the settings, the UI texts, what every header and footer
/// names, the static files that they show; and the templates.
pub(super) fn basis(
    config: &Config,
    theme: &Theme,
    registry: &Registry,
    statics: &BTreeMap<String, StaticFile>,
) -> Basis {
    let program = Input::new(What::Program, env!("CARGO_PKG_VERSION"), "");
    let settings = Input::new(What::Settings, "", disk::SETTINGS);
    let mut parts = vec![
        Input { digest: super::state::format(), ..program },
        Input { digest: config.digest, ..settings },
        ui_texts(theme),
    ];
    parts.extend(links(config, registry));
    let logo = config.publisher.logo.as_deref().and_then(|it| it.strip_prefix('/'));
    parts.extend(
        ["brief.css", "theme.css"].into_iter().chain(logo).map(|path| shown_file(path, statics)),
    );
    let templates =
        theme.files.iter().map(|(name, files)| (name.clone(), template(theme, name, files)));
    Basis {
        shared: Input::new(What::Shared, "what every page shares", "").of_parts(parts),
        templates: templates.collect(),
    }
}

/// Pages outside the news, and topics where a header that is not set names them.
fn links(config: &Config, registry: &Registry) -> Vec<Input> {
    let pages = registry.pages.iter().map(|page| {
        let link = Input::new(What::Link, &page.title, &page.source);
        link.of(|hash| _ = hash.text(&page.path).text(&page.title).number(page.tongue.0.into()))
    });
    let mut links: Vec<Input> = pages.collect();
    if config.nav.is_empty() {
        let topics = registry.topics.members().filter(|topic| !topic.source.is_empty());
        links.extend(topics.map(|topic| {
            let is_broadest = usize::from(topic.parent.is_none());
            let link = Input::new(What::Link, &topic.name, &topic.source);
            link.of(|hash| _ = hash.text(&topic.id).text(&topic.name).number(is_broadest))
        }));
    }
    links
}

/// A file of `static/` that every page shows: its address and size.
fn shown_file(path: &str, statics: &BTreeMap<String, StaticFile>) -> Input {
    let file = statics.get(path);
    let source = file.and_then(|file| file.source.as_deref()).unwrap_or_default();
    let shown = file.map(|file| (file.route.as_str(), file.size));
    Input::new(What::StaticFile, path, source).of(|hash| _ = hash.debug(&shown))
}

/// The texts of the site's language; what a file of them says beside its texts is nothing that a page shows.
fn ui_texts(theme: &Theme) -> Input {
    let files = theme.ui_files.iter();
    let parts = files.map(|(name, digest)| file(theme, What::UiText, name, *digest)).collect();
    let mut all = Hash::default();
    theme.uis.iter().for_each(|ui| _ = all.digest(ui.digest()));
    // Of one language its own digest.
    let digest = match theme.uis.as_slice() {
        [only] => only.digest(),
        _ => all.finish(),
    };
    Input { digest, parts, ..Input::new(What::UiText, "all of them", "") }
}

/// A template with the files that it is made of, itself first.
fn template(theme: &Theme, name: &str, files: &BTreeMap<String, Digest>) -> Input {
    let own = files.get_key_value(name).into_iter();
    let others = files.iter().filter(|(other, _)| *other != name);
    let parts = own.chain(others).map(|(name, it)| file(theme, What::Template, name, *it));
    Input::new(What::Template, name, "").of_parts(parts.collect())
}

/// A file of `templates/`, or of the built-in theme.
fn file(theme: &Theme, what: What, name: &str, digest: Digest) -> Input {
    let is_own = theme.own.contains(name);
    let source = if is_own { format!("templates/{name}") } else { String::new() };
    Input { digest, ..Input::new(what, name, source) }
}
