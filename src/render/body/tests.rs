//! CommonMark's own examples, and what brief adds to them.

use super::{Text, html};
use crate::{archive::Newsroom, model::config::HtmlPolicy, render::feeds::sample};

/// The examples of the specification as (number, Markdown, HTML).
fn examples() -> Vec<(usize, String, String)> {
    let specification = include_str!("../../../tests/specs/commonmark-0.31.2.txt");
    let fence = "`".repeat(32);
    let open = format!("\n{fence} example\n");
    let close = format!("\n{fence}\n");
    let examples = specification.split(open.as_str()).skip(1);
    let examples = examples.filter_map(|rest| rest.split(close.as_str()).next());
    examples
        .enumerate()
        .map(|(at, example)| {
            let example = example.replace('→', "\t");
            // An example without HTML ends in the dot that divides the two.
            let example = format!("\n{example}\n");
            let (markdown, html) = example.split_once("\n.\n").unwrap_or((&example, ""));
            let (markdown, html) = (format!("{}\n", &markdown[1..]), html.to_owned());
            let markdown = if markdown == "\n" { String::new() } else { markdown };
            (at + 1, markdown, html)
        })
        .collect()
}

fn trusting() -> Newsroom {
    let mut newsroom = sample::empty();
    newsroom.config.html = HtmlPolicy::Trusted;
    newsroom.config.language = "en".to_owned();
    newsroom
}

fn rendered(newsroom: &Newsroom, markdown: &str, extensions: bool) -> String {
    let text = Text {
        source: "content/pages/a.md",
        markdown,
        language: &newsroom.config.language,
        mentions: &[],
        absolute: false,
        extensions,
    };
    sample::at_desk(newsroom, |desk| html(desk, text))
}

#[test]
fn with_extensions_off_the_examples_of_commonmark_give_what_pulldown_cmark_gives() {
    let newsroom = trusting();
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for (number, markdown, _) in &examples {
        let mut expected = String::new();
        pulldown_cmark::html::push_html(&mut expected, pulldown_cmark::Parser::new(markdown));
        assert_eq!(rendered(&newsroom, markdown, false), expected, "example {number}: {markdown}");
    }
}

#[test]
fn with_extensions_on_the_examples_of_commonmark_differ_only_where_brief_means_them_to() {
    let newsroom = trusting();
    let mut differing: Vec<usize> = Vec::new();
    for (number, markdown, expected) in examples() {
        if unmarked(&rendered(&newsroom, &markdown, true)) != unmarked(&expected)
            && !is_ours(&markdown, &expected)
        {
            differing.push(number);
        }
    }
    assert!(
        differing.is_empty(),
        "examples {differing:?}: compare rendered() with the specification"
    );
}

/// What brief writes differently on purpose: HTML's void tags, ids and levels of headings, the direction of code, how
/// images load.
fn unmarked(html: &str) -> String {
    let mut html = html.replace("\n<", "<").replace(" />", ">").replace(" dir=\"ltr\"", "");
    html = html
        .replace(" loading=\"lazy\" decoding=\"async\"", "")
        .replace("&quot;", "\"")
        .replace("&#39;", "'");
    for level in 1..=6 {
        let mut kept = String::new();
        let heading = format!("<h{level} id=\"");
        let mut parts = html.split(heading.as_str());
        kept.push_str(parts.next().unwrap_or_default());
        for part in parts {
            kept.push_str("<h>");
            kept.push_str(part.split_once("\">").map_or(part, |(_, rest)| rest));
        }
        html = kept.replace(&format!("<h{level}>"), "<h>").replace(&format!("</h{level}>"), "</h>");
    }
    html
}

/// Whether an example holds a form that is brief's own, or a relative destination, which leads nowhere here.
fn is_ours(markdown: &str, expected: &str) -> bool {
    let has_scheme = |url: &str| {
        url.split_once(':').is_some_and(|(scheme, _)| {
            scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
    };
    let relative = |attribute: &str| {
        let urls = expected.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
        urls.into_iter()
            .any(|url| !url.is_empty() && !url.starts_with(['/', '#', '?']) && !has_scheme(url))
    };
    relative("href=\"")
        || relative("src=\"")
        || markdown.contains("[[")
        || markdown.contains("[^")
        || markdown.contains('{')
}
