//! Functions: how long they are, and how many things they ask for. In: code. Out: those that are too long or too wide.

use super::{
    expect_none,
    source::{Source, closing, sources_with_benches, words},
};

/// A function of the code.
#[derive(Debug)]
struct Function {
    place: String,
    name: String,
    n_lines: usize,
    /// Without `self`.
    n_parameters: usize,
}

#[test]
fn functions_stay_short_and_narrow() {
    let functions = sources_with_benches().into_iter().flat_map(|it| functions(&it));
    let found: Vec<_> = functions
        .filter(|it| it.n_lines > 80 || it.n_parameters > 5)
        .map(|it| {
            format!(
                "{}: `{}`: {} lines, {} parameters",
                it.place, it.name, it.n_lines, it.n_parameters
            )
        })
        .collect();
    expect_none(
        "A function has at most 80 lines, better about 10, and at most 5 parameters. Name a part of it and move it \
         out; put what always goes together into a struct.",
        &found,
    );
}

fn functions(source: &Source) -> Vec<Function> {
    let code = &source.code;
    let named = words(code, "fn").filter_map(|at| {
        let name: String = code[at + 2..]
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        // `fn(A) -> B` is a type, not a function.
        if name.is_empty() {
            return None;
        }
        let open = parameters(code, at)?;
        let close = closing(code, open)?;
        let n_parameters = n_parameters(&code[open + 1..close - 1]);
        let body = close + code[close..].find(['{', ';'])?;
        let end = if code[body..].starts_with('{') { closing(code, body)? } else { body + 1 };
        Some(Function {
            place: source.place(at),
            name,
            n_lines: code[at..end].lines().count(),
            n_parameters,
        })
    });
    named.collect()
}

/// The bracket that opens the parameters, behind the type parameters.
fn parameters(code: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    let mut before = ' ';
    for (offset, c) in code[at..].char_indices() {
        match c {
            '<' => depth += 1,
            '>' if before != '-' => depth -= 1,
            '(' if depth == 0 => return Some(at + offset),
            _ => {}
        }
        before = c;
    }
    None
}

fn n_parameters(list: &str) -> usize {
    let mut depth = 0;
    let mut before = ' ';
    let mut parts = vec![String::new()];
    for c in list.chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if before != '-' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        before = c;
    }
    let is_self =
        |part: &str| words(part, "self").next().is_some_and(|at| !part[..at].contains(':'));
    parts
        .iter()
        .filter(|part| !part.trim_matches([',', ' ', '\n']).is_empty() && !is_self(part))
        .count()
}

#[test]
fn parameters_and_lines_are_counted() {
    let text = "fn a<F: Fn(u8, u8) -> u8>(&mut self, b: &[(u8, u8)], f: impl Fn(u8) -> F,) -> fn(u8) {\n\n}\n";
    let found = functions(&Source::new("src/x.rs", text.to_owned()));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].n_lines, found[0].n_parameters), (3, 2));
}
