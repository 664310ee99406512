//! The fields of an article: [`read`].

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    diag::{Diagnostic, Place},
    model::{
        Digest,
        article::{Article, Citation, Correction, Image, Kind, Moment, Summary, Translation},
        config::Config,
        face::Heading,
        source::{SourceFile, Written},
        tongue::Tongue,
    },
    text::{html::percent_decode, normal::normal, slug::slug, words},
};

use super::{
    Context,
    fields::Table,
    value::{date, language},
    yaml::schema::{self, Key},
};

/// Characters of a standfirst that is cut from the body.
const STANDFIRST_CHARS: usize = 200;

/// The article of a file; `None` if it has neither title nor date.
pub(super) fn read(table: &Table<'_, '_>, context: &Context<'_>) -> Option<Article> {
    let title = table.required_text("title");
    let date = table.require("date", "2023-09-12").and_then(|_| table.moment("date"));
    let is_named = title.is_some() || date.is_some();
    // An article with a fault is still checked for others, and others may lead to it: the fault stops the build.
    let date = date.unwrap_or_else(|| unknown_date(context));
    let stem = context.stem.to_owned();
    let (tongue, lang) = tongue_and_lang(table, context);
    let written = table.text("summary");
    let has_standfirst = written.is_some();
    let standfirst =
        written.unwrap_or_else(|| words::cut(&context.scan.first_paragraph, STANDFIRST_CHARS));
    let slug = article_slug(table, &stem, context);
    let digest = digest(context.front, &standfirst, &slug);
    let translation_of = table.written("translation_of");
    if let Some(written) = translation_of.as_ref().filter(|_| !context.config.is_multilingual()) {
        let message = "`translation_of` means nothing on a site of one language".to_owned();
        let hint = "name the site's languages in brief.yaml: `languages: [ar, en]`";
        table.warning_at(written.place, "one-language", message, hint);
    }
    let heading = Heading {
        source: context.file.path.clone(),
        title: title.unwrap_or_else(|| stem.clone()),
        stem,
        lang,
        tongue,
        short_title: table.text("short_title"),
        date,
        updated: table.moment("updated"),
        kind: table.choice("kind", &Kind::ALL).unwrap_or_default(),
        standfirst,
        points: table.texts("points"),
        authors: table.texts("authors"),
        image: image(table, schema::ARTICLE),
    };
    let summary = Summary {
        heading,
        base: base(context),
        translation_of,
        slug,
        social_title: table.text("social_title"),
        has_standfirst,
        topics: table.writtens("topics"),
        entities: table.writtens("entities"),
        not_entities: table.writtens("not_entities"),
        dateline: table.text("dateline"),
        priority: table.integer("priority", 1, 5).and_then(|it| u8::try_from(it).ok()).unwrap_or(3),
        sources: sources(table),
        story: table.written("story"),
        corrections: corrections(table),
        translation: Translation {
            from: table.text("translated_from"),
            translator: table.text("translator"),
            machine: table.flag("machine").unwrap_or_default(),
        },
        aliases: aliases(table),
        draft: table.flag("draft").unwrap_or_default(),
        publish_at: table.moment("publish_at").map(|moment| moment.instant),
        expires: table.moment("expires").map(|moment| end(&moment, &context.config.timezone)),
        extra: table.extra(schema::ARTICLE),
        words: context.scan.words,
        digest,
        body_digest: Digest::of(context.body.as_bytes()),
    };
    is_named.then(|| Article { summary, body: context.body() })
}

fn unknown_date(context: &Context<'_>) -> Moment {
    date::at(Timestamp::UNIX_EPOCH, &context.config.timezone, false)
}

/// The explicit slug, else the stem's, else one that is made of the article's bytes.
fn article_slug(table: &Table<'_, '_>, stem: &str, context: &Context<'_>) -> String {
    [table.text("slug").as_deref(), Some(stem)]
        .into_iter()
        .flatten()
        .map(slug)
        .find(|slug| !slug.is_empty())
        .unwrap_or_else(|| {
            let digest = Digest::of(context.text.as_bytes()).to_string();
            format!("article-{}", &digest[..8])
        })
}

/// The instant after which something expires: a day alone counts to its end.
fn end(moment: &Moment, timezone: &TimeZone) -> Timestamp {
    let next = moment.day().tomorrow().ok().filter(|_| !moment.has_time);
    let start = next.and_then(|day| day.to_zoned_datetime(timezone.clone()).ok());
    start.map_or(moment.instant, |start| start.timestamp())
}

/// Changes when a page that shows the summary may have to.
fn digest(front: &str, standfirst: &str, slug: &str) -> Digest {
    let mut hasher = blake3::Hasher::new();
    for part in [front, standfirst, slug] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    Digest::finish(&hasher)
}

/// The stem of a file without its language, and that language; of `index.en.md` the folder's name.
pub(super) fn stem<'f>(file: &'f SourceFile, config: &Config) -> (&'f str, Option<Tongue>) {
    let (stem, tongue) = config.tongue_of_stem(file.stem());
    let folder = file.folder().rsplit('/').next().filter(|name| !name.is_empty());
    match folder {
        Some(folder) if stem == "index" && tongue.is_some() => (folder, tongue),
        _ => (stem, tongue),
    }
}

/// The path of an article below `content/articles/` without its language, which the file's name or, of an `index.md`, the
/// folder's may say; empty on a site of one language.
fn base(context: &Context<'_>) -> String {
    let config = context.config;
    if !config.is_multilingual() {
        return String::new();
    }
    let path = &context.file.path;
    let path = path.strip_prefix("content/articles/").unwrap_or(path);
    let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
    let (path, _) = config.tongue_of_stem(path);
    let (path, _) = config.tongue_of_stem(path.strip_suffix("/index").unwrap_or(path));
    path.to_owned()
}

/// An error for a file that is named after a language in which the site is not published.
pub(super) fn unknown_tongue(file: &SourceFile, config: &Config) -> Option<Diagnostic> {
    let (_, tag) = file.stem().rsplit_once('.').filter(|_| config.is_multilingual())?;
    // Of longer words without a hyphen none is taken for a language: there are eight thousand codes of three letters.
    let is_like_a_tag = tag.len() == 2 || tag.contains(['-', '_']);
    let is_tag =
        is_like_a_tag && !matches!(language::tag(&tag.to_lowercase().replace('_', "-")), Err(None));
    if !is_tag || config.tongue(tag).is_some() {
        return None;
    }
    let message = format!("the file is named after the language «{tag}», which the site has not");
    let hint = format!(
        "its languages are {}; add `{tag}` to `languages` in brief.yaml, or name the file otherwise",
        tags(config)
    );
    Some(Diagnostic::error(&file.path, Place::at(1, 1), "unknown-language", message).hint(hint))
}

fn tags(config: &Config) -> String {
    let tags: Vec<&str> = config.languages.iter().map(|it| it.tag.as_str()).collect();
    tags.join(", ")
}

/// The language in which a file is published, and that of its text, if it is not the site's. On a site in several
/// languages they are one, and the file's name or its `lang` says it.
pub(super) fn tongue_and_lang(
    table: &Table<'_, '_>,
    context: &Context<'_>,
) -> (Tongue, Option<String>) {
    let config = context.config;
    let tag = language_tag(table, "lang");
    if !config.is_multilingual() {
        return (Tongue::OWN, tag.filter(|tag| *tag != config.language));
    }
    let written = tag.as_ref().and_then(|tag| config.tongue(tag));
    let entry = table.get("lang").filter(|_| tag.is_some());
    if let Some((entry, tag)) = entry.zip(tag.as_ref()) {
        if written.is_none() {
            let message = format!("«{tag}» is not a language of this site");
            let hint = format!(
                "its languages are {}; add `{tag}` to `languages` in brief.yaml",
                tags(config)
            );
            table.error(entry, "unknown-language", message, hint);
        } else if context.tongue.is_some_and(|named| Some(named) != written) {
            let named = config.tag(context.tongue.unwrap_or_default());
            let message = format!("`lang` says «{tag}», and the file's name «{named}»");
            table.error(
                entry,
                "two-languages",
                message,
                format!("write `lang: {named}`, or leave it out"),
            );
        }
    }
    let tongue = context.tongue.or(written).unwrap_or_default();
    (tongue, (tongue != Tongue::OWN).then(|| config.tag(tongue).to_owned()))
}

/// A language tag; an error if it is not one.
pub(super) fn language_tag(table: &Table<'_, '_>, key: &'static str) -> Option<String> {
    let text = table.text(key)?;
    let entry = table.get(key)?;
    language::tag(&text)
        .map_err(|meant| {
            let hint = match meant {
                Some(tag) => format!("write `{key}: {tag}`"),
                None => format!("write a BCP 47 tag, e.g. `{key}: ar` or `{key}: ar-SA`"),
            };
            table.error(
                entry,
                "bad-language",
                format!("«{text}» is not a known language tag"),
                hint,
            );
        })
        .ok()
}

fn sources(table: &Table<'_, '_>) -> Vec<Citation> {
    let named = |name| Citation { name, ..Citation::default() };
    table.tables("sources", schema::ARTICLE, Some(named), |source| {
        Some(Citation {
            name: source.required_text("name")?,
            url: source.url("url"),
            note: source.text("note"),
        })
    })
}

fn corrections(table: &Table<'_, '_>) -> Vec<Correction> {
    table.tables("corrections", schema::ARTICLE, None, |correction| {
        let date = correction.require("date", "2023-09-12").and_then(|_| correction.moment("date"));
        let text = correction.required_text("text");
        Some(Correction { date: date?, text: text? })
    })
}

/// The image of a file; `src` and `alt` must be there.
pub(super) fn image(table: &Table<'_, '_>, keys: &[Key]) -> Option<Image> {
    let entry = table.get("image")?;
    if let Some(path) = entry.node.as_text() {
        table.error(
            entry,
            "missing-alt",
            format!("image «{path}» has no `alt`"),
            format!(
                "write `image:` and below it `  src: {path}` and `  alt: …`, what the image shows"
            ),
        );
        return None;
    }
    let image = table.table("image", keys)?;
    let src = image.require("src", "photo.jpg").and_then(|_| image.written("src"));
    let src = src.filter(|src| image.safe("src", &src.text));
    let alt = image.text("alt");
    if let (Some(src), None) = (&src, &alt) {
        let place = if src.place == Place::FILE { image.place() } else { src.place };
        let message = format!("image «{}» has no `alt`", src.text);
        let hint = "write below `image:` a line `  alt: …`, what the image shows";
        image.error_at(place, "missing-alt", message, hint);
    }
    Some(Image {
        src: src?,
        alt: alt.unwrap_or_default(),
        caption: image.text("caption"),
        credit: image.text("credit"),
    })
}

/// Old URLs as paths from the site's root.
pub(super) fn aliases(table: &Table<'_, '_>) -> Vec<Written> {
    let mut aliases = table.writtens("aliases");
    aliases.retain(|alias| {
        let names_page =
            !alias.text.split(['?', '#']).next().unwrap_or_default().trim_matches('/').is_empty();
        if !names_page {
            let message =
                format!("alias «{}» is the front page to a static host; left out", alias.text);
            table.warning_at(
                alias.place,
                "bad-alias",
                message,
                "write a path, such as `/old/page.html`",
            );
        }
        names_page
    });
    for alias in &mut aliases {
        // Old addresses are mostly copied from a browser, which encodes them.
        alias.text = normal(&percent_decode(&alias.text)).0.into_owned();
        if alias.text.starts_with('/') {
            continue;
        }
        let path = match alias.text.split_once("://") {
            Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
            None => alias.text.as_str(),
        };
        let path = format!("/{path}");
        let message = format!("alias «{}» does not begin with `/`; read as «{path}»", alias.text);
        table.warning_at(alias.place, "bad-alias", message, format!("write `{path}`"));
        alias.text = path;
    }
    aliases
}
