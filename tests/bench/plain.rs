//! What the program is compared with: a handler that sends 20 KB and does nothing else.

use std::process::Command;

use actix_web::web::{self, Bytes};
use actix_web::{App, HttpServer};

use crate::servers::Server;

/// The bench itself, asked to be that handler.
pub(crate) fn server() -> Server {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("--plain");
    Server::start(command)
}

/// Serves 20 KB until the process is killed.
#[expect(
    clippy::print_stdout,
    reason = "the first line tells where it listens, as the program's does"
)]
pub(crate) fn serve() {
    let page = Bytes::from(vec![b'x'; 20 * 1024]);
    actix_web::rt::System::new().block_on(async {
        let server = HttpServer::new(move || {
            let page = page.clone();
            App::new().route("/", web::get().to(move || std::future::ready(page.clone())))
        })
        .bind("127.0.0.1:0")
        .unwrap();
        println!("http://{}", server.addrs()[0]);
        server.run().await.unwrap();
    });
}
