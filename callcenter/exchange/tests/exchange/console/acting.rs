//! What operators do, what comes of it, and that it stands in the audit before.

use std::time::Duration;

use exchange::BackupSettings;
use ledger::backup::Identity;
use request::RequestEvent;
use sync::{Announcement, RemoteOrder};

use super::client::{Visitor, audit};
use crate::{office::Office, station::Station};

fn of<'a>(told: &'a [String], who: &str) -> Vec<&'a str> {
    let own = told.iter().filter(|it| it.starts_with(who));
    own.map(String::as_str).collect()
}

#[tokio::test]
async fn a_kiosk_is_closed_and_told_a_notice_and_the_audit_knew_before() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.hello().await;
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    operator.see("/stations/gaon-1").await;

    let order = [("order", "close"), ("minutes", "60")];
    let told = operator.send("/stations/gaon-1/order", &order).await;
    told.leads_to("/stations/gaon-1?done=told");
    operator
        .see(told.location())
        .await
        .says("알렸어요")
        .says("아직");
    let words = [
        ("ko", "10시까지\r\n쉬어요 <b>"),
        ("en", ""),
        ("minutes", "1440"),
    ];
    let told = operator.send("/stations/gaon-1/notice", &words).await;
    told.leads_to("/stations/gaon-1?done=told");

    let heard = station.publications(0).await;
    let [.., order, notice] = &heard[..] else {
        panic!("{heard:?}");
    };
    assert!(matches!(
        order.content,
        Announcement::Order {
            order: RemoteOrder::Close,
            ..
        }
    ));
    let Announcement::Notice { text, .. } = &notice.content else {
        panic!("{notice:?}");
    };
    assert_eq!(text["ko"], "10시까지 쉬어요 <b>");
    assert_eq!(text.len(), 1);
    // Asking for more confirms it.
    station.publications(notice.number).await;
    operator
        .see("/stations/gaon-1")
        .await
        .says("10시까지 쉬어요 &lt;b&gt;")
        .says("받음");
    assert_eq!(
        of(&audit(&office), "han"),
        [
            "han signed in at console",
            "han is about to announce close to gaon-1",
            "han announced to gaon-1",
            "han is about to announce a notice to gaon-1",
            "han announced to gaon-1",
        ]
    );
}

#[tokio::test]
async fn a_notice_to_all_reaches_the_kiosks_of_the_roster_and_nobody_else() {
    let office = Office::open().await;
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    operator.see("/stations").await;

    let words = [("ko", "오늘은 6시에 닫아요"), ("minutes", "10")];
    let told = operator.send("/stations/notice", &words).await;

    told.leads_to("/stations?done=told");
    let told = audit(&office);
    let announced: Vec<_> = told.iter().filter(|it| it.contains("announced")).collect();
    assert_eq!(
        announced,
        ["han announced to gaon-1", "han announced to narae-1"]
    );
}

#[tokio::test]
async fn what_no_kiosk_could_show_or_do_is_not_told() {
    let office = Office::open().await;
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    let long = "가".repeat(201);
    for (path, fields, status) in [
        ("notice", [("ko", " "), ("minutes", "60")], 422),
        ("notice", [("ko", long.as_str()), ("minutes", "60")], 422),
        ("notice", [("ko", "안녕하세요"), ("minutes", "61")], 400),
        ("order", [("order", "explode"), ("minutes", "60")], 400),
        ("order", [("order", "close"), ("minutes", "-1")], 400),
    ] {
        operator.see("/stations/gaon-1").await;
        let path = format!("/stations/gaon-1/{path}");
        let told = operator.send(&path, &fields).await;
        assert_eq!(told.status, status, "{fields:?}");
    }

    let told = audit(&office);
    assert!(!told.iter().any(|it| it.contains("announce")), "{told:?}");
}

async fn with_wedged(office: &Office) -> Station {
    let mut station = office.station("gaon-1");
    station.hello().await;
    station.tell("never-opened", RequestEvent::Submitted).await;
    station
}

#[tokio::test]
async fn a_wedged_entry_is_discarded_on_a_ground_once() {
    let office = Office::open().await;
    let station = with_wedged(&office).await;
    let incarnation = station.journal.head().incarnation.as_str().to_owned();
    let path = format!("/waiting/gaon-1/{incarnation}/1");
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    operator
        .see("/")
        .await
        .says("결정을 기다리는 기록이 1건 있어요.");
    operator
        .see("/waiting")
        .await
        .says("시작된 적 없는 신청에 대한 기록이에요.");

    let groundless = operator.send(&path, &[("verdict", "discard")]).await;
    assert_eq!(groundless.status, 422);
    groundless.says("어떤 근거로 결정하는지 골라 주세요");
    operator.see("/waiting").await;
    let fields = [("verdict", "discard"), ("ground", "compared_by_hand")];
    let mark = operator.mark(&path).unwrap();
    let told = operator.send(&path, &fields).await;
    told.leads_to("/waiting?done=discarded");
    operator.see(told.location()).await.says("기록을 버렸어요");
    let fields = [&fields[..], &[("form", mark.as_str())]].concat();
    let again = operator.force(&path, &fields, &[]).await;

    assert_eq!(again.status, 404);
    again.says("이미 처리된 일이에요");
    let subject = format!("gaon-1 {incarnation} 1");
    assert_eq!(
        of(&audit(&office), "han")[1..],
        [
            format!("han decides, having compared by hand, {subject}"),
            format!("han discarded wedged entry {subject}"),
            format!("han decides, having compared by hand, {subject}"),
        ]
    );
}

#[tokio::test]
async fn a_revoked_station_is_refused_from_its_next_question_on() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.hello().await;
    let mut administrator = Visitor::signed_in(&office, "choi", "administrator").await;
    administrator.see("/stations/gaon-1").await;

    let unsure = administrator
        .send("/stations/gaon-1/revoke", &[("sure", "gaon")])
        .await;
    assert_eq!(unsure.status, 422);
    administrator.see("/stations/gaon-1").await;
    let told = administrator
        .send("/stations/gaon-1/revoke", &[("sure", "gaon-1")])
        .await;
    told.leads_to("/roster?done=revoked");

    assert!(station.try_to_offer().await.is_err());
    administrator
        .see("/stations")
        .await
        .says("gaon-1")
        .says("명부에 없음");
    administrator.see("/roster").await.says("kim");
    let told = administrator.send("/agents/kim/revoke", &[]).await;
    told.leads_to("/roster?done=revoked");
    let told = administrator.send("/agents/kim/revoke", &[]).await;
    assert_eq!(told.status, 403, "the form is not on this page any more");
    let told = audit(&office);
    let own = of(&told, "choi");
    assert_eq!(
        own[1..5],
        [
            "choi is about to strike off the roster station gaon-1",
            "choi struck off the roster station gaon-1",
            "choi is about to strike off the roster agent kim",
            "choi struck off the roster agent kim",
        ]
    );
}

#[tokio::test]
async fn a_whole_copy_is_made_when_an_operator_asks_for_it() {
    let mut office = Office::open().await;
    let folder = office.data().join("../backup");
    office
        .keep_backups(BackupSettings {
            folder: folder.clone(),
            recipient: Identity::generate().recipient().to_string(),
            every: Duration::from_secs(3_600),
            confirm: true,
        })
        .await;
    let copies = || ledger::backup::standing(&folder).unwrap().copies;
    wait_until(|| copies() == 1).await;
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    operator
        .see("/keeping")
        .await
        .says("해 본 적 없음")
        .says("1시간마다");

    let told = operator.send("/keeping/copy", &[]).await;

    told.leads_to("/keeping?done=copy-wanted");
    wait_until(|| copies() == 2).await;
    let told = audit(&office);
    let own = of(&told, "han");
    assert_eq!(own[1..], ["han asks for a whole copy of the store"]);
}

async fn wait_until(is: impl Fn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(60), async {
        while !is() {
            tokio::task::yield_now().await;
        }
    });
    waited.await.expect("it never came");
}
