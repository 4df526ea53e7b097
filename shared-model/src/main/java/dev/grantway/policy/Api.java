package dev.grantway.policy;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.RouteTable;
import java.util.List;

/**
 * One API of Amazon API Gateway, its stages and its route table.
 *
 * @param allowUnconfirmedRouteTable publishes for a stage under cache key {@code token} without a
 *     comparison with the deployed API (MODEL section 3)
 */
public record Api(
    ApiId id,
    String name,
    List<String> stages,
    RouteTable routes,
    boolean allowUnconfirmedRouteTable) {

  public Api {
    Names.check("API name", name, 64, "._-");
    stages = List.copyOf(stages);
    stages.forEach(StageScope::checkStage);
    if (stages.isEmpty() || stages.stream().distinct().count() < stages.size()) {
      throw new IllegalArgumentException("API `" + name + "` needs distinct stages");
    }
  }

  public ApiType type() {
    return routes.type();
  }
}
