// A shared terminal: after a while without a key nor a finger, ask whether somebody is still there, then end. The server
// forgets the session by itself a little later: this script only shows it, and leaves no page behind on the screen.
(() => {
  const page = document.body.dataset;
  addEventListener("pageshow", (e) => e.persisted && location.reload());  // a page kept by « back » is asked again
  for (const place of document.querySelectorAll("[data-borne-imprimante]")) place.hidden = false;
  for (const bouton of document.querySelectorAll("[data-borne-imprimer]"))
    bouton.addEventListener("click", (e) => { e.preventDefault(); print(); });  // the page itself: no file is left
  if (!page.borneFin) return;
  const alerte = document.getElementById("encore");
  const millisecondes = (secondes) => Number(secondes) * 1000;
  let minuterie, dite = Date.now(), avant = null;
  const finir = () => location.replace(page.borneFin);
  const prevenir = () => {
    const reste = millisecondes(page.borneReste);
    if (!reste) return finir();
    avant = document.activeElement;
    alerte.hidden = false;
    document.getElementById("encore-bouton").focus();
    minuterie = setTimeout(finir, reste);
  };
  const encore = () => {
    clearTimeout(minuterie);
    if (!alerte.hidden) {
      alerte.hidden = true;
      if (avant) avant.focus();
    }
    minuterie = setTimeout(prevenir, millisecondes(page.borneRepos));
    if (page.borneEncore && Date.now() - dite > 20000) {
      dite = Date.now();
      fetch(page.borneEncore, { redirect: "manual", cache: "no-store" }).then((r) => r.status === 200 || finir(), finir);
    }
  };
  for (const geste of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(geste, encore, { passive: true });
  document.getElementById("encore-bouton").addEventListener("click", encore);
  encore();
})();
