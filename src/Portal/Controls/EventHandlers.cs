using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>The browser's events that the framework knows too little of; <c>portal.js</c> tells the rest.</summary>
[EventHandler("onfolded", typeof(FoldedEventArgs))]
public static class EventHandlers;
