//! Sources → what is parsed of them, in parallel. In: a site and its files. Out: [`Material`] and the theme.
//! [`parse_all`] is the entry; [`body_of`] reads one body again when its page is made.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Options;
use crate::{
    diag::{Diagnostic, Place},
    disk::{self, Site},
    link::{self, Material, Prepared, mentions::MentionFinder},
    model::{
        article::BodyScan,
        config::Config,
        registry::Entity,
        source::{SourceFile, SourceKind},
    },
    parse,
    render::theme::Theme,
    text::normal::normal,
};

/// Everything parsed: the settings and the theme, then what articles are about, then the articles.
pub(super) fn parse_all(
    site: &Site,
    files: &[SourceFile],
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Material>, Option<Theme>) {
    let config = read_text(site, disk::SETTINGS, diagnostics).and_then(|text| {
        let (config, found) = parse::config(disk::SETTINGS, &text);
        diagnostics.extend(found);
        config
    });
    let Some(config) = config else { return (None, None) };
    let templates = own_templates(site, files, diagnostics);
    let (theme, found) = Theme::read(&templates, &config.language);
    diagnostics.extend(found);
    let reader = Reader { site, files, config: &config };
    let entities = reader.each(SourceKind::Entity, parse::entity, diagnostics);
    let articles = reader.articles(&entities, diagnostics);
    let material = Material {
        articles,
        topics: reader.each(SourceKind::Topic, parse::topic, diagnostics),
        stories: reader.each(SourceKind::Story, parse::story, diagnostics),
        editions: reader.each(SourceKind::Edition, parse::edition, diagnostics),
        pages: reader.each(SourceKind::Page, parse::page, diagnostics),
        files: reader.of(SourceKind::ContentAsset).map(|file| file.path.clone()).collect(),
        entities,
        now: options.now,
        strict: options.strict,
        config,
    };
    (Some(material), theme)
}

/// Reads and parses the files of one kind, in parallel and in order.
struct Reader<'a> {
    site: &'a Site,
    files: &'a [SourceFile],
    config: &'a Config,
}

impl<'a> Reader<'a> {
    fn of(&self, kind: SourceKind) -> impl Iterator<Item = &'a SourceFile> + use<'a> {
        self.files.iter().filter(move |file| file.kind == kind)
    }

    fn each<T: Send>(
        &self,
        kind: SourceKind,
        parse: impl Fn(&SourceFile, &str, &Config) -> parse::Parsed<T> + Sync,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<T> {
        let files: Vec<_> = self.of(kind).collect();
        let parsed: Vec<_> = files
            .par_iter()
            .map(|file| {
                let mut found = Vec::new();
                let text = read_text(self.site, &file.path, &mut found);
                let parsed = text.and_then(|text| {
                    let (parsed, more) = parse(file, &text, self.config);
                    found.extend(more);
                    parsed
                });
                (parsed, found)
            })
            .collect();
        let mut values = Vec::with_capacity(parsed.len());
        for (value, found) in parsed {
            diagnostics.extend(found);
            values.extend(value);
        }
        values
    }

    /// Articles with the names found in them; their bodies are dropped at once.
    fn articles(
        &self,
        entities: &[(Entity, BodyScan)],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Prepared> {
        let entities: Vec<_> = entities.iter().map(|(entity, _)| entity.clone()).collect();
        let finder = MentionFinder::new(&entities);
        let prepare = |file: &SourceFile, text: &str, config: &Config| {
            let (parsed, found) = parse::article(file, text, config);
            let prepared = parsed.map(|(article, scan)| Prepared {
                sightings: link::mentions::sightings(&finder, &article, &scan),
                summary: article.summary,
                links: scan.links,
            });
            (prepared, found)
        };
        self.each(SourceKind::Article, prepare, diagnostics)
    }
}

/// A text file; an error in `diagnostics` when it cannot be read or is not UTF-8.
fn read_text(site: &Site, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let bytes = match site.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(Diagnostic::error(path, Place::FILE, "disk", error.to_string()));
            return None;
        }
    };
    match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => Some(normal_text(path, text, diagnostics)),
        Err(error) => {
            let valid = error.valid_up_to();
            let before = String::from_utf8_lossy(&bytes[..valid]).into_owned();
            let place = Place::of_offset(&before, valid, 1);
            let message = "the file is not UTF-8 from here on";
            diagnostics.push(
                Diagnostic::error(path, place, "encoding", message)
                    .hint("save it as UTF-8; Windows-1256 and UTF-16 are not read"),
            );
            None
        }
    }
}

/// The text as every step sees it: composed, and without control characters, of which the first is reported.
fn normal_text(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    let (normal, left_out) = normal(text);
    if let Some(at) = left_out {
        let message = "the file holds control characters; they are left out";
        diagnostics.push(
            Diagnostic::warning(path, Place::of_offset(text, at, 1), "control-character", message)
                .hint("delete what stands between the two letters here; it cannot be seen"),
        );
    }
    normal.into_owned()
}

/// The Markdown of a source, read again when its page is made.
pub(super) fn body_of(site: &Site, source: &str) -> String {
    let bytes = site.read(source).unwrap_or_default();
    let text = simdutf8::basic::from_utf8(&bytes).unwrap_or_default();
    parse::cut(&normal(text).0).body.to_owned()
}

fn own_templates(
    site: &Site,
    files: &[SourceFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let own = files.iter().filter(|file| file.kind == SourceKind::Template);
    own.filter_map(|file| {
        let text = read_text(site, &file.path, diagnostics)?;
        Some((file.path.strip_prefix("templates/")?.to_owned(), text))
    })
    .collect()
}
