//! The making of one connection to a Redis.

use redis::{
    AsyncConnectionConfig, Cmd, ProtocolVersion, RedisConnectionInfo, aio::MultiplexedConnection,
};
use rustls::pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

use super::{
    address::{Address, Place},
    options::Options,
};

/// The part of a connection that reads and writes. It ends with it.
pub(super) type Driver = futures_util::future::BoxFuture<'static, ()>;

/// Opens a connection, and asks if anybody is there who knows us.
pub(super) async fn open(options: &Options) -> Result<(MultiplexedConnection, Driver), String> {
    let address = options.address.as_ref().map_err(|why| (*why).to_owned())?;
    match &address.place {
        Place::Tcp { host, port } => over(tcp(host, *port).await?, address).await,
        Place::Tls { host, port } => {
            let name = ServerName::try_from(host.clone()).map_err(|error| error.to_string())?;
            let connector = TlsConnector::from(options.tls()?);
            let stream = connector.connect(name, tcp(host, *port).await?).await;
            over(stream.map_err(|error| error.to_string())?, address).await
        }
        #[cfg(unix)]
        Place::Unix(path) => {
            let stream = tokio::net::UnixStream::connect(path).await;
            over(stream.map_err(|error| error.to_string())?, address).await
        }
        #[cfg(not(unix))]
        Place::Unix(_) => Err("this system has no such sockets".to_owned()),
    }
}

async fn tcp(host: &str, port: u16) -> Result<TcpStream, String> {
    let stream = TcpStream::connect((host, port)).await.map_err(|error| error.to_string())?;
    // A question is one small packet, and is waited for.
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    Ok(stream)
}

async fn over(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    address: &Address,
) -> Result<(MultiplexedConnection, Driver), String> {
    let info = RedisConnectionInfo::default()
        .set_protocol(ProtocolVersion::RESP2)
        .set_skip_set_lib_name()
        .set_db(address.database);
    let info = match &address.user {
        Some(user) => info.set_username(user),
        None => info,
    };
    let info = match address.password() {
        Some(password) => info.set_password(password),
        None => info,
    };
    // Whoever asks has a deadline of their own.
    let config =
        AsyncConnectionConfig::new().set_response_timeout(None).set_connection_timeout(None);
    let opened = MultiplexedConnection::new_with_config(&info, stream, config).await;
    let (mut connection, driver) = opened.map_err(|error| error.to_string())?;
    let mut driver: Driver = Box::pin(driver);
    let ping = async {
        let answer = connection.send_packed_command(Cmd::new().arg("PING")).await;
        answer.and_then(redis::Value::extract_error).map_err(|error| error.to_string())
    };
    tokio::select! {
        answer = ping => answer?,
        () = &mut driver => return Err("it closes the connection".to_owned()),
    };
    Ok((connection, driver))
}
