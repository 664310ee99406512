//! The theme: templates, UI texts and static files, the built-in ones overridden file by file by the site's own.
//!
//! In: the site's templates as (name, text). Out: a [`Theme`], and a diagnostic for each fault of a template.
//! [`Theme::read`] is the entry.

use std::collections::{BTreeMap, BTreeSet};

use tera::Tera;

use crate::{
    diag::{Diagnostic, Place},
    model::Digest,
    render::ui::{self, Ui},
};

include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// Templates and UI texts, ready to render.
pub struct Theme {
    /// All templates, parsed.
    pub tera: Tera,
    /// UI texts of each language of the site.
    pub uis: Vec<Ui>,
    /// The files that these are of, each with the digest of its text.
    pub ui_files: BTreeMap<String, Digest>,
    /// For each template: itself and all that it includes, extends and calls, each with the digest of its text.
    pub files: BTreeMap<String, BTreeMap<String, Digest>>,
    /// Names of the templates that the site overrides or adds.
    pub own: BTreeSet<String>,
}

/// The built-in static files, by path below `static/`.
#[must_use]
pub fn built_in_static() -> &'static [(&'static str, &'static [u8])] {
    THEME_STATIC
}

/// The built-in static file at a path.
#[must_use]
pub fn built_in(path: &str) -> Option<&'static [u8]> {
    THEME_STATIC.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
}

impl Theme {
    /// The built-in theme with the site's own templates in place of those of the same name. `languages` (BCP 47)
    /// choose the UI texts; a language without texts gets the English ones.
    #[must_use]
    pub fn read(
        own: &BTreeMap<String, String>,
        languages: &[&str],
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let mut texts: BTreeMap<String, String> = built_in_templates();
        texts.extend(own.iter().map(|(name, text)| (name.clone(), text.clone())));
        let (ui_texts, templates): (BTreeMap<_, _>, BTreeMap<_, _>) =
            texts.into_iter().partition(|(name, _)| name.starts_with("ui/"));
        let mut uis = Vec::new();
        let mut ui_files = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for language in languages {
            let (ui, files, found) = ui_texts_of(language, &ui_texts, own);
            uis.push(ui);
            ui_files.extend(files);
            // English stands below every language, and its faults are to be told once.
            diagnostics.extend(found);
        }
        diagnostics.sort();
        diagnostics.dedup();
        let templates: BTreeMap<_, _> =
            templates.into_iter().filter(|(name, _)| is_template(name)).collect();
        let files = closures(&templates);
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        match tera.add_raw_templates(templates.iter()) {
            Ok(()) => {
                let own = own.keys().cloned().collect();
                (Some(Self { tera, uis, ui_files, files, own }), diagnostics)
            }
            Err(error) => {
                diagnostics.push(fault(&error, ""));
                (None, diagnostics)
            }
        }
    }
}

fn built_in_templates() -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    THEME_TEMPLATES.iter().map(|(name, bytes)| ((*name).to_owned(), text(bytes))).collect()
}

fn is_template(name: &str) -> bool {
    [".html", ".xml", ".txt", ".svg"].iter().any(|extension| name.ends_with(extension))
}

/// The texts of the language, over English ones, so that no text is ever missing.
fn ui_texts_of(
    language: &str,
    texts: &BTreeMap<String, String>,
    own: &BTreeMap<String, String>,
) -> (Ui, BTreeMap<String, Digest>, Vec<Diagnostic>) {
    let primary = language.split(['-', '_']).next().unwrap_or(language).to_ascii_lowercase();
    let wanted = format!("ui/{primary}.yaml");
    let mut diagnostics = Vec::new();
    let built_in = built_in_templates();
    let mut ui = Ui::default();
    let mut files = BTreeMap::new();
    for name in ["ui/en.yaml", wanted.as_str()] {
        // A site's own file need not repeat every text: it stands over the built-in one.
        for text in [built_in.get(name), own.get(name).and(texts.get(name))].into_iter().flatten() {
            let (read, found) = ui::read(&format!("templates/{name}"), text);
            diagnostics.extend(found);
            ui = ui.overlay(read);
        }
        let digest = texts.get(name).map(|text| Digest::of(text.as_bytes()));
        files.extend(digest.map(|digest| (name.to_owned(), digest)));
    }
    (ui, files, diagnostics)
}

/// For each template the files whose text can reach its pages, itself among them. Components have global names, so every
/// file that defines one belongs to every template.
fn closures(templates: &BTreeMap<String, String>) -> BTreeMap<String, BTreeMap<String, Digest>> {
    let defines = |text: &String| text.contains("{% component") || text.contains("{%- component");
    let components: Vec<&String> =
        templates.iter().filter(|(_, text)| defines(text)).map(|(name, _)| name).collect();
    let digests: BTreeMap<&str, Digest> =
        templates.iter().map(|(name, text)| (name.as_str(), Digest::of(text.as_bytes()))).collect();
    let closure = |name: &String| {
        let mut seen = BTreeMap::new();
        let mut waiting: Vec<&str> = components.iter().map(|name| name.as_str()).collect();
        waiting.push(name);
        while let Some(name) = waiting.pop() {
            if let (Some(text), Some(digest)) = (templates.get(name), digests.get(name))
                && seen.insert(name.to_owned(), *digest).is_none()
            {
                waiting.extend(named_by(text));
            }
        }
        seen
    };
    templates.keys().map(|name| (name.clone(), closure(name))).collect()
}

/// The templates that a template includes or extends; both take string literals only.
fn named_by(text: &str) -> impl Iterator<Item = &str> {
    ["include", "extends"].into_iter().flat_map(move |keyword| {
        text.split(keyword).skip(1).filter_map(|rest| {
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
            rest[1..].split(quote).next()
        })
    })
}

/// A template's fault, with the place in it and the page that was being made.
#[must_use]
pub fn fault(error: &tera::Error, page: &str) -> Diagnostic {
    let made = if page.is_empty() { String::new() } else { format!(" (while making `{page}`)") };
    let report = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            Some(report)
        }
        _ => None,
    };
    match report {
        Some(report) => {
            let span = report.span();
            let line = u32::try_from(span.start_line).unwrap_or(0);
            let column = u32::try_from(span.start_col).unwrap_or(0);
            let file = format!("templates/{}", report.filename());
            let message = format!("{}{made}", lower_first(report.message()));
            Diagnostic::error(&file, Place::at(line, column + 1), "template", message)
        }
        None => Diagnostic::error("templates", Place::FILE, "template", format!("{error}{made}")),
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
