//! The operators' console, over HTTP: who comes in, what they see, and what they may do.

#[path = "console/acting.rs"]
mod acting;
#[path = "console/appointing.rs"]
mod appointing;
#[path = "console/client.rs"]
pub(crate) mod client;
#[path = "console/forging.rs"]
mod forging;
#[path = "console/machines.rs"]
pub(crate) mod machines;

use futures_util::future::join_all;
use serde_json::json;

use super::{BITNA, HOUSEHOLD, office::Office};
use client::{PASSPHRASE, Visitor, audit};

/// Every page that somebody may see who has signed in.
pub(crate) const PAGES: [&str; 12] = [
    "/",
    "/stations",
    "/stations/gaon-1",
    "/machines",
    "/waiting",
    "/networks",
    "/editions",
    "/keeping",
    "/statistics",
    "/trail",
    "/roster",
    "/account",
];

#[tokio::test]
async fn who_has_not_signed_in_sees_the_door_and_nothing_else() {
    let office = Office::open().await;
    let mut visitor = Visitor::new(&office);

    for page in PAGES {
        visitor.see(page).await.leads_to("/sign-in");
    }
    for act in ["/keeping/copy", "/stations/gaon-1/order", "/operators"] {
        visitor.send(act, &[]).await.leads_to("/sign-in");
    }

    let door = visitor.see("/sign-in").await;
    door.says("로그인").never_says("gaon-1");
    for (header, wanted) in [
        ("content-security-policy", "default-src 'none'"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ] {
        let value = door.headers.get(header).unwrap().to_str().unwrap();
        assert!(value.contains(wanted), "{header}: {value}");
    }
    assert_eq!(visitor.see("/nowhere").await.status, 404);
}

#[tokio::test]
async fn the_console_is_at_its_own_address_and_at_no_other() {
    let office = Office::open().await;

    for path in ["/sign-in", "/stations", "/trail", "/operators"] {
        let (status, _) = office.get(path).await;
        assert_eq!(status, 404, "{path} for everybody");
        let watched = format!("http://{}{path}", office.operators());
        assert_eq!(reqwest::get(watched).await.unwrap().status(), 404);
    }
    let plain = format!("http://{}/sign-in", office.console());
    assert!(reqwest::get(plain).await.is_err(), "without TLS");
    let mut visitor = Visitor::new(&office);
    for path in ["/v1/wedged", "/v1/stations/gaon-1/hello", "/metrics"] {
        assert_eq!(visitor.see(path).await.status, 404, "{path} at the console");
    }
}

#[tokio::test]
async fn an_operator_sees_every_page_and_what_stations_have_told() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    station.prepared("r").await;
    let mut viewer = Visitor::signed_in(&office, "han", "viewer").await;

    for page in PAGES {
        let told = viewer.see(page).await;
        assert_eq!(told.status, 200, "{page}");
        told.says("<html lang=\"ko\">")
            .says("han")
            .never_says("<script")
            .never_says("style=")
            .never_says("한빛나")
            .never_says(BITNA);
    }

    viewer
        .see("/stations")
        .await
        .says("gaon-1")
        .says("연결됨")
        .says("narae-1")
        .says("desk-2");
    viewer
        .see("/statistics")
        .await
        .says("주민등록표 등본")
        .says("<svg");
    viewer
        .see("/networks")
        .await
        .says("응답함")
        .says("기록 <b>1</b>");
    viewer
        .see("/keeping")
        .await
        .says("이 교환 서버는 백업을 하지 않아요");
    viewer
        .see("/trail")
        .await
        .says("쓴 그대로예요")
        .says("로그인함");
    let english = viewer.see("/stations?lang=en").await;
    english.says("<html lang=\"en\">").says("on its line");
    viewer.see("/trail").await.says("signed in at");
}

#[tokio::test]
async fn a_wrong_passphrase_and_an_unknown_name_are_told_alike() {
    let office = Office::open().await;
    Visitor::signed_in(&office, "choi", "administrator").await;
    let mut stranger = Visitor::new(&office);
    let without_marks = |told: &client::Told| {
        let mut parts = told.text.split("value=\"");
        let first = parts.next().unwrap().to_owned();
        parts.fold(first, |text, part| text + part.split_once('"').unwrap().1)
    };

    let wrong = stranger.sign_in("choi", "red kite over gaon").await;
    let unknown = stranger.sign_in("nobody", "red kite over gaon").await;
    let nonsense = stranger.sign_in("<script>", "x").await;

    assert_eq!((wrong.status, unknown.status), (403, 403));
    assert_eq!(without_marks(&wrong), without_marks(&unknown));
    assert_eq!(without_marks(&wrong), without_marks(&nonsense));
    wrong.says("이름이나 암호 문구가 맞지 않아요");
    stranger.see("/").await.leads_to("/sign-in");
    let told = audit(&office);
    let refused = told.iter().filter(|it| it.starts_with("console refused"));
    let refused: Vec<_> = refused.collect();
    assert_eq!(
        refused,
        [
            "console refused a sign-in of choi",
            "console refused a sign-in of nobody of that name",
            "console refused a sign-in of nobody of that name",
        ]
    );
}

#[tokio::test]
async fn who_guesses_waits_and_is_told_for_how_long() {
    let office = Office::open().await;
    Visitor::signed_in(&office, "choi", "administrator").await;
    let mut stranger = Visitor::new(&office);
    for _ in 0..4 {
        assert_eq!(
            stranger.sign_in("choi", "red kite over gaon").await.status,
            403
        );
    }

    // Even the right one is not looked at.
    let told = stranger.sign_in("choi", PASSPHRASE).await;

    assert_eq!(told.status, 429);
    told.says("초 뒤에 다시 로그인해 주세요");
    let seconds = told.headers.get("retry-after").unwrap().to_str().unwrap();
    assert!(
        (1..=3).contains(&seconds.parse::<u64>().unwrap()),
        "{seconds}"
    );
}

#[tokio::test]
async fn of_many_guesses_at_once_few_are_looked_at() {
    let office = Office::open().await;
    Visitor::signed_in(&office, "choi", "administrator").await;
    let guesses = (0..20).map(|_| async {
        let mut stranger = Visitor::new(&office);
        stranger.sign_in("choi", "red kite over gaon").await.status
    });

    let told = join_all(guesses).await;

    // Those that cost nothing, and what was under way when the last of them was wrong.
    let looked_at = told.iter().filter(|it| **it == 403).count();
    assert!((4..=6).contains(&looked_at), "{told:?}");
    assert!(told.iter().all(|it| [403, 429].contains(it)), "{told:?}");
}

#[tokio::test]
async fn who_signs_out_is_out_and_the_key_opens_nothing_any_more() {
    let office = Office::open().await;
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    let cookies = operator.cookies.clone();
    operator.see("/").await;

    operator.send("/sign-out", &[]).await.leads_to("/sign-in");

    assert!(operator.cookies.is_empty());
    operator.cookies = cookies;
    operator.see("/").await.leads_to("/sign-in");
    assert!(audit(&office).contains(&"han signed out of console".to_owned()));
}

#[tokio::test]
async fn what_stations_say_is_shown_and_never_run() {
    let office = Office::open().await;
    let attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let refused = json!({ "running": 0, "refused": { "number": 7, "reason": attack } });
    let path = "/v1/stations/gaon-1/edition";
    let (status, _) = office.say("gaon-1", path, &refused).await;
    assert_eq!(status, 200);
    let mut viewer = Visitor::signed_in(&office, "han", "viewer").await;

    for page in ["/editions", "/stations/gaon-1"] {
        viewer
            .see(page)
            .await
            .says("&lt;script&gt;alert(1)&lt;/script&gt;")
            .never_says("<script>")
            .never_says("<img");
    }
    viewer
        .see("/")
        .await
        .says("gaon-1: 새 서비스 목록을 쓰지 못했어요.");
    let told = viewer.see("/stations/%3Cscript%3E").await;
    assert_eq!(told.status, 404);
    told.never_says("<script>");
    viewer
        .see("/?done=%3Cscript%3E")
        .await
        .never_says("script>");
}
