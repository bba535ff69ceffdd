//! A template knows the options the applicant has, and no others.

use std::collections::BTreeSet;

use catalog::Service;
use regex::Regex;

use crate::{
    folder::Folder,
    report::Report,
    source::{Source, Starts},
    words::Words,
};

/// `chosen("id", "choice")`, as `words.typ` has it.
const CHOSEN: &str = r#"\bchosen\(\s*"([^"]+)"(?:\s*,\s*"([^"]+)")?"#;
/// `data.options.at("id", default: "choice")`.
const AT: &str = r#"\boptions\.at\(\s*"([^"]+)"(?:\s*,\s*default:\s*"([^"]+)")?"#;
/// `data.options.id`.
const FIELD: &str = r"\bdata\.options\.([\w-]+)";

pub(super) fn check(folder: &Folder, report: &mut Report) {
    let patterns: Vec<_> = [CHOSEN, AT, FIELD]
        .map(Regex::new)
        .into_iter()
        .flatten()
        .collect();
    let shared: String = certificate::shared_sources()
        .map(|(_, text)| text)
        .collect();
    for it in &folder.certificates {
        let (Some(service), Some(template)) = (&it.service.value, &it.template) else {
            continue;
        };
        let mut asked = BTreeSet::new();
        for pattern in &patterns {
            asked.extend(look(service, template, pattern, report));
        }
        for (number, option) in service.options.iter().enumerate() {
            let place = format!("/option/{number}");
            if option.choices.is_empty() {
                let words = Words::new("고를 것이 없어요", "There is nothing to choose");
                report.at(&it.service.source, &place, "no-choices", words);
            }
            let id = &option.id;
            let quoted = format!("\"{id}\"");
            let to_network = format!("option.{id}");
            if service.parameters.values().any(|it| *it == to_network) {
                continue;
            }
            if !asked.contains(id) && !template.text.contains(&quoted) && !shared.contains(&quoted)
            {
                let words = Words::new(
                    format!("`{id}`: 서식이 읽지 않는 선택이에요. 무엇을 골라도 종이가 같아요"),
                    format!(
                        "The template does not read `{id}`: whatever is chosen, the paper is the same"
                    ),
                );
                report.at(
                    &it.service.source,
                    &format!("{place}/id"),
                    "idle-option",
                    words,
                );
            }
        }
    }
}

/// What a template asks the options for.
fn look(
    service: &Service,
    template: &Source,
    pattern: &Regex,
    report: &mut Report,
) -> BTreeSet<String> {
    let starts = Starts::of(&template.text);
    let mut asked = BTreeSet::new();
    for found in pattern.captures_iter(&template.text) {
        let (Some(whole), Some(id)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let (line, id) = (starts.line(whole.start()), id.as_str());
        if id == "at" {
            continue;
        }
        asked.insert(id.to_owned());
        let Some(option) = service.option(id) else {
            let words = Words::new(
                format!("`{id}`: 이 민원에 없는 선택이에요"),
                format!("`{id}` is no option of this service"),
            );
            report.on_line(template, line, "unknown-option", words);
            continue;
        };
        let choice = found.get(2).map(|it| it.as_str());
        let lost = choice.filter(|it| option.choices.iter().all(|choice| choice.id != *it));
        if let Some(choice) = lost {
            let words = Words::new(
                format!("`{choice}`: 선택 `{id}`에 없는 값이에요"),
                format!("`{choice}` is no choice of the option `{id}`"),
            );
            report.on_line(template, line, "unknown-option", words);
        }
    }
    asked
}
