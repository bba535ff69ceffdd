//! Every moment in every language and nine settings as pictures, and a sheet to look through them.
//! Nothing is judged here: that is for whoever looks.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use kiosk::visit::{Language, View, view::Accessibility};

use crate::{hall::Hall, save, settings, views::gallery};

const STYLE: &str = "body { font: 16px sans-serif; margin: 24px; background: #e6e8ea; } nav { position: sticky; top: 0; padding: 12px; background: #fff; } \
    nav a { margin-right: 12px; } section { display: flex; flex-wrap: wrap; gap: 16px; } figure { margin: 0; width: 216px; } \
    figcaption { overflow-wrap: anywhere; } img { width: 216px; height: 384px; border: 1px solid #58616a; }";

/// A language in a setting: pictures lie in a folder of that name.
struct Series {
    language: Language,
    setting: Accessibility,
}

impl Series {
    fn name(&self) -> String {
        format!("{}-{}", self.language.code(), settings::name(self.setting))
    }
}

#[test]
#[ignore = "thousands of pictures, for `make screens`"]
fn every_screen_is_drawn_in_every_language_and_nine_settings() {
    let folder = std::env::var_os("MINWON_PICTURES").map(PathBuf::from);
    let folder = folder.expect("MINWON_PICTURES names the folder for the pictures");
    let all: Vec<Series> = Language::ALL
        .into_iter()
        .flat_map(|language| {
            settings::drawn()
                .into_iter()
                .map(move |setting| Series { language, setting })
        })
        .collect();

    let left = Mutex::new(all.iter());
    let hands = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|threads| {
        for _ in 0..hands {
            threads.spawn(|| {
                let hall = Hall::open();
                loop {
                    let next = left.lock().unwrap().next();
                    let Some(series) = next else { return };
                    draw(&hall, series, &folder.join(series.name()));
                }
            });
        }
    });
    fs::write(folder.join("index.html"), sheet(&all)).unwrap();

    let moments = gallery(Language::Korean).len();
    for series in &all {
        let drawn = fs::read_dir(folder.join(series.name())).unwrap().count();
        assert_eq!(drawn, moments, "{}", series.name());
    }
}

fn draw(hall: &Hall, series: &Series, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (moment, view) in gallery(series.language) {
        hall.show(&View {
            accessibility: series.setting,
            ..view
        });
        save(hall, &folder.join(format!("{moment}.png")));
    }
}

/// All pictures on one page, by language and setting; a browser reads them as they are
/// scrolled to.
fn sheet(all: &[Series]) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\"><title>Minwon</title><style>{STYLE}</style><nav>"
    );
    for series in all {
        let name = series.name();
        write!(html, "<a href=\"#{name}\">{name}</a>").unwrap();
    }
    html += "</nav>\n";
    for series in all {
        let (name, setting) = (series.name(), settings::name(series.setting));
        let language = series.language.own_name();
        writeln!(
            html,
            "<h2 id=\"{name}\">{language}, {setting}</h2><section>"
        )
        .unwrap();
        for (moment, _) in gallery(series.language) {
            let file = format!("{name}/{moment}.png");
            writeln!(
                html,
                "<figure><a href=\"{file}\"><img loading=\"lazy\" src=\"{file}\" alt=\"\"></a><figcaption>{moment}</figcaption></figure>"
            )
            .unwrap();
        }
        html += "</section>\n";
    }
    html
}
