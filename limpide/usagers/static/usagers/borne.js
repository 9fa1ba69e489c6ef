// A shared terminal: after a while without a key nor a finger, ask whether somebody is still there, then end. The server
// forgets the session by itself a little later: this script only shows it, and leaves no page behind on the screen.
(() => {
  const page = document.body.dataset;
  addEventListener("pageshow", (e) => e.persisted && location.reload());  // a page kept by « back » is asked again
  for (const place of document.querySelectorAll("[data-borne-imprimante]")) place.hidden = false;
  for (const bouton of document.querySelectorAll("[data-borne-imprimer]"))
    bouton.addEventListener("click", (e) => { e.preventDefault(); print(); });  // the page itself: no file is left
  const horsReseau = document.getElementById("hors-reseau");
  const revenir = () => location.replace(page.borneFin || page.borneAccueil);
  const repond = () => fetch(page.borneAccueil, { method: "HEAD", redirect: "manual", cache: "no-store" });
  let coupee = false;
  // The network is gone: the file leaves the screen, what to do is told, and the terminal comes back by itself.
  const couper = () => {
    if (coupee) return;
    coupee = true;
    document.title = horsReseau.dataset.titre;
    document.querySelector("header a")?.remove();
    document.getElementById("encore").hidden = true;
    const contenu = document.getElementById("contenu");
    contenu.replaceChildren(horsReseau.content.cloneNode(true));
    contenu.focus();
    setInterval(() => repond().then(revenir, () => {}), 10000);
  };
  addEventListener("offline", couper);
  addEventListener("online", () => coupee && repond().then(revenir, () => {}));
  for (const acte of ["click", "submit"])
    addEventListener(acte, (e) => navigator.onLine || (e.preventDefault(), couper()), true);
  if (!page.borneFin) return;
  const alerte = document.getElementById("encore");
  const millisecondes = (secondes) => Number(secondes) * 1000;
  let minuterie, dite = Date.now(), avant = null;
  const finir = () => repond().then(revenir, couper);
  const prevenir = () => {
    if (coupee) return;
    const reste = millisecondes(page.borneReste);
    if (!reste) return finir();
    avant = document.activeElement;
    alerte.hidden = false;
    document.getElementById("encore-bouton").focus();
    minuterie = setTimeout(finir, reste);
  };
  const encore = () => {
    if (coupee) return;
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
