//! A citizen is told by text message, through a gateway of another maker
//! (`smsd` of SMS Server Tools 3) and what stands for its modem.

use crate::{gateway::Gateway, office::Office, prepared::prepare_for};

const CODE: &str = "1234567890123456";

#[tokio::test]
async fn the_code_reaches_the_telephone_through_a_gateway_of_another_maker() {
    let mut office = Office::open().await;
    let mut gateway = Gateway::start();
    office.tell_citizens(&gateway.outgoing()).await;
    let mut desk = office.station("gaon-1");
    let id = "gaon-1-17";

    prepare_for(&mut desk, id, "land-ledger", CODE, Some("010-1234-5678")).await;
    let message = gateway.message().await;

    assert_eq!(message.to, "821012345678");
    assert!(message.text.contains("찾는 번호 1234 5678 9012 3456 "));
    assert!(message.text.encode_utf16().count() <= 70);
    assert!(gateway.more().is_empty());
}
