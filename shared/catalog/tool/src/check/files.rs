//! Every file is read by something: what is misnamed is missing elsewhere.

use std::{collections::BTreeSet, io, path::Path};

use catalog::ServiceKind;

use crate::{
    folder::{Folder, SAMPLE, SCHEMA, SERVICE, TEMPLATE, names},
    report::Report,
    words::Words,
};

pub(super) fn check(folder: &Folder, report: &mut Report) -> io::Result<()> {
    let certificates = folder
        .certificates
        .iter()
        .map(|it| it.service.name.as_str());
    let certificates: BTreeSet<_> = certificates.collect();
    for name in names(&folder.root.join("services"))? {
        let below = Path::new("services").join(&name);
        if !folder.root.join(&below).is_dir() {
            report.of_file(below, 1, "unread-file", unread());
            continue;
        }
        let kind = if certificates.contains(name.as_str()) {
            ServiceKind::Certificate
        } else {
            ServiceKind::Accepted
        };
        for file in names(&folder.root.join(&below))? {
            if !belongs(&file, kind) {
                report.of_file(below.join(file), 1, "unread-file", unread());
            }
        }
    }
    for kind in ["networks", "fees", "codes"] {
        for file in names(&folder.root.join(kind))? {
            if Path::new(&file).extension().is_none_or(|it| it != "toml") {
                report.of_file(Path::new(kind).join(file), 1, "unread-file", unread());
            }
        }
    }
    unused(folder, report);
    Ok(())
}

fn belongs(file: &str, kind: ServiceKind) -> bool {
    match kind {
        ServiceKind::Certificate => [SERVICE, TEMPLATE, SCHEMA, SAMPLE].contains(&file),
        ServiceKind::Accepted => file == SERVICE,
    }
}

fn unread() -> Words {
    Words::new(
        "아무도 읽지 않는 파일이에요. 이름을 확인해 주세요",
        "Nobody reads this file; is its name right?",
    )
}

/// Lists, ordinances and networks that no service names.
fn unused(folder: &Folder, report: &mut Report) {
    if folder
        .certificates
        .iter()
        .any(|it| it.service.value.is_none())
    {
        return;
    }
    let mut used = BTreeSet::new();
    for (_, service) in folder.services() {
        used.insert(("networks", service.network.as_str()));
        used.insert(("fees", service.fee.ordinance.as_str()));
        let lists = service
            .questions
            .iter()
            .filter_map(|it| it.codes.as_deref());
        used.extend(lists.map(|it| ("codes", it)));
    }
    let there = folder
        .networks
        .iter()
        .map(|it| ("networks", &it.name, &it.source));
    let there = there
        .chain(
            folder
                .ordinances
                .iter()
                .map(|it| ("fees", &it.name, &it.source)),
        )
        .chain(
            folder
                .codes
                .iter()
                .map(|it| ("codes", &it.name, &it.source)),
        );
    for (kind, name, source) in there {
        if !used.contains(&(kind, name.as_str())) {
            let words = Words::new("어느 민원도 쓰지 않아요", "No service uses it");
            report.on_line(source, 1, "unused", words);
        }
    }
}
